import { z } from 'zod';
import {
  DEFAULT_QUIZ_SETTINGS,
  GRADE_POLICIES,
  SHOW_ANSWERS,
  type ActivityContent,
  type LessonKind,
  type PackageContent,
  type QuizSettings,
} from '../../catalog/course-content.js';
import type { CourseFile } from './course-files.js';
import { FieldReader, MAX_TITLE_LENGTH } from './front-matter-fields.js';
import { readFrontMatter, type FrontMatter } from './front-matter.js';
import type { FileReport } from './import-problems.js';
import { NO_ATTRIBUTES } from './media-files.js';
import { takenFile } from './media-from-markdown.js';

const SETTINGS = Object.keys(DEFAULT_QUIZ_SETTINGS) as (keyof QuizSettings)[];
const QUIZ_FIELDS = ['passPercent', 'pools', ...SETTINGS] as const;
const PACKAGE_FIELDS = [
  'standard',
  'file',
  'launch',
  'masteryPercent',
  'completionPercent',
  'launchData',
  'isAsset',
] as const;
const OWN_FIELDS = ['minutes', 'required', 'kind', 'submission', ...PACKAGE_FIELDS, ...QUIZ_FIELDS] as const;
const LESSON_FIELDS = ['title', ...OWN_FIELDS] as const;
const MAX_MINUTES = 600;
/** SCORM 2004, section 4.2.11 of its run-time book. */
const MAX_LAUNCH_DATA = 4_000;
const DEFAULT_PASS_PERCENT = 80;
const MOST_MINUTES_OF_A_SETTING = 525_600; // a year

/** How front matter names the kinds of lessons, of submissions and of packages. */
export const KIND_NAMES = {
  reading: 'READING',
  video: 'VIDEO',
  quiz: 'QUIZ',
  activity: 'ACTIVITY',
  package: 'PACKAGE',
} as const satisfies Record<string, LessonKind>;
export const SUBMISSION_NAMES = {
  text: 'TEXT',
  file: 'FILE',
  'text-or-file': 'TEXT_OR_FILE',
} as const satisfies Record<string, ActivityContent['submission']>;
export const STANDARD_NAMES = {
  'scorm-1.2': 'SCORM_1_2',
  'scorm-2004': 'SCORM_2004',
} as const satisfies Record<string, PackageContent['standard']>;

/** A pool as it is written: without keys, its questions are those of the bank with the tag. */
export interface ReadPool {
  tag: string;
  count: number;
  keys: string[] | null;
}

export interface ReadLesson {
  matter: FrontMatter;
  kind: LessonKind;
  title: string;
  estimatedMinutes: number;
  required: boolean;
  quiz: { passPercent: number; settings: Partial<QuizSettings>; pools: ReadPool[] };
  activity: ActivityContent;
  /** Null when it is no package. */
  package: PackageContent | null;
}

/** Reads the front matter of a lesson in the default locale; null, and reported, when the lesson cannot be used. */
export function readLessonFile({ text, report, media }: CourseFile): ReadLesson | null {
  const matter = readFrontMatter(text, LESSON_FIELDS, report);
  if (matter === null) return null;
  const fields = new FieldReader(matter, report);
  const errorsBefore = report.errors;
  const title = fields.requiredText('title', MAX_TITLE_LENGTH);
  const minutes = fields.requiredInteger('minutes', 1, MAX_MINUTES);
  const required = fields.has('required') ? fields.boolean('required') : true;
  const name = fields.has('kind') ? fields.oneOf('kind', keysOf(KIND_NAMES)) : 'reading';
  const kind = KIND_NAMES[name ?? 'reading'];
  const unless = (wanted: string, ignored: readonly string[]): void => {
    if (name === wanted || name === undefined) return;
    fields.ignore(ignored, {
      en: `only a lesson with "kind: ${wanted}" has it; add that if this is one`,
      fr: `seule une leçon avec « kind: ${wanted} » l’a ; ajoutez-le si c’en est une`,
    });
  };
  unless('quiz', QUIZ_FIELDS);
  unless('activity', ['submission']);
  unless('package', PACKAGE_FIELDS);
  const submission =
    kind === 'ACTIVITY' && fields.has('submission')
      ? fields.oneOf('submission', keysOf(SUBMISSION_NAMES))
      : 'text-or-file';
  const quiz = quizFields(kind === 'QUIZ' ? fields : null, matter);
  const packaged = kind === 'PACKAGE' ? packageFields(fields, matter, media, report) : null;
  if (report.errors > errorsBefore || title === undefined || minutes === undefined) return null;
  return {
    matter,
    kind,
    title,
    estimatedMinutes: minutes,
    required: required ?? true,
    quiz,
    activity: { submission: SUBMISSION_NAMES[submission ?? 'text-or-file'] },
    package: packaged,
  };
}

/** Reads the front matter of a translation; null, and reported, when there is none. */
export function readTranslatedFile(
  file: CourseFile,
  defaultLocale: string,
): { matter: FrontMatter; title: string | undefined } | null {
  const matter = readFrontMatter(file.text, LESSON_FIELDS, file.report);
  if (matter === null) return null;
  const fields = new FieldReader(matter, file.report);
  fields.ignore(OWN_FIELDS, {
    en: `it is read from the ${defaultLocale} file`,
    fr: `il est lu dans le fichier ${defaultLocale}`,
  });
  return { matter, title: fields.has('title') ? fields.text('title', MAX_TITLE_LENGTH) : undefined };
}

const keysOf = <T extends object>(names: T): (keyof T & string)[] =>
  Object.keys(names) as (keyof T & string)[];

function packageFields(
  fields: FieldReader,
  matter: FrontMatter,
  media: CourseFile['media'],
  report: FileReport,
): PackageContent | null {
  const standard = fields.has('standard')
    ? fields.oneOf('standard', keysOf(STANDARD_NAMES))
    : fields.invalid('standard', {
        en: `must be ${keysOf(STANDARD_NAMES).join(' or ')}`,
        fr: `doit être ${keysOf(STANDARD_NAMES).join(' ou ')}`,
      });
  const path = fields.requiredText('file', 500);
  const launch = fields.requiredText('launch', 1_000);
  if (path === undefined) return null;
  const what = { en: `The package "${path}"`, fr: `Le paquet « ${path} »` };
  const line = matter.lineOf('file');
  const file = takenFile(media.find(path, NO_ATTRIBUTES), what, 'FILE_MISSING', { line, report });
  if (!file || standard === undefined || launch === undefined) return null;
  const optional: Partial<PackageContent> = {
    masteryPercent: fields.has('masteryPercent') ? fields.number('masteryPercent', 0, 100) : undefined,
    completionPercent: fields.has('completionPercent')
      ? fields.number('completionPercent', 0, 100)
      : undefined,
    launchData: fields.has('launchData') ? fields.text('launchData', MAX_LAUNCH_DATA) : undefined,
    isAsset: (fields.has('isAsset') && fields.boolean('isAsset')) || undefined,
  };
  const said = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { standard: STANDARD_NAMES[standard], file: file.hash, launch, ...said };
}

/** @param fields null for another kind of lesson. */
function quizFields(fields: FieldReader | null, matter: FrontMatter): ReadLesson['quiz'] {
  if (fields === null) return { passPercent: DEFAULT_PASS_PERCENT, settings: {}, pools: [] };
  const passPercent = fields.has('passPercent') ? fields.integer('passPercent', 1, 100) : undefined;
  const settings: Partial<QuizSettings> = {};
  const keep = <K extends keyof QuizSettings>(name: K, value: QuizSettings[K] | undefined): void => {
    if (value !== undefined && value !== DEFAULT_QUIZ_SETTINGS[name]) settings[name] = value;
  };
  for (const name of SETTINGS) {
    if (!fields.has(name)) continue;
    if (name === 'attemptLimit') keep(name, fields.integer(name, 1, 1_000));
    else if (name === 'timeLimitMinutes') keep(name, fields.integer(name, 1, MOST_MINUTES_OF_A_SETTING));
    else if (name === 'graceMinutes' || name === 'waitMinutes')
      keep(name, fields.integer(name, 0, MOST_MINUTES_OF_A_SETTING));
    else if (name === 'shuffleQuestions' || name === 'shuffleOptions') keep(name, fields.boolean(name));
    else if (name === 'showAnswers') keep(name, fields.oneOf(name, SHOW_ANSWERS));
    else if (name === 'gradePolicy') keep(name, fields.oneOf(name, GRADE_POLICIES));
    else keep(name, instant(fields, matter));
  }
  return { passPercent: passPercent ?? DEFAULT_PASS_PERCENT, settings, pools: poolsOf(fields, matter) };
}

function instant(fields: FieldReader, matter: FrontMatter): string | undefined {
  const read = z.iso.datetime({ offset: true }).safeParse(matter.fields.get('closesAt'));
  return read.success
    ? read.data
    : fields.invalid('closesAt', {
        en: 'must be a date and time with its offset, such as "2027-01-31T22:59:59Z"',
        fr: 'doit être une date et une heure avec leur décalage, comme « 2027-01-31T22:59:59Z »',
      });
}

const poolsSchema = z
  .array(
    z
      .map(z.string(), z.unknown())
      .transform((map) => Object.fromEntries(map))
      .pipe(
        z.strictObject({
          tag: z.string().trim().toLowerCase().min(1).max(50),
          count: z.int().min(1).max(1_000),
          questions: z.array(z.string().max(64)).max(10_000).optional(),
        }),
      ),
  )
  .max(50);

function poolsOf(fields: FieldReader, matter: FrontMatter): ReadPool[] {
  if (!fields.has('pools')) return [];
  const read = poolsSchema.safeParse(matter.fields.get('pools'));
  if (read.success)
    return read.data.map(({ tag, count, questions }) => ({ tag, count, keys: questions ?? null }));
  fields.invalid('pools', {
    en: 'must be a list of "- tag: a-tag" with "count: 3" below it, and perhaps "questions: [keys]"',
    fr: 'doit être une liste de « - tag: une-etiquette » avec « count: 3 » en dessous, et si besoin « questions: [clés] »',
  });
  return [];
}
