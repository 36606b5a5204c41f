import type { CourseFile, FilesByLocale } from './course-files.js';
import { FieldReader, MAX_TITLE_LENGTH } from './front-matter-fields.js';
import { readFrontMatter, type FrontMatter } from './front-matter.js';
import type { FileReport } from './import-problems.js';
import type { MediaFiles } from './media-files.js';
import type { Localized } from '../../../platform/locale.js';

const COURSE_FIELDS = [
  'title',
  'summary',
  'outcomes',
  'defaultLocale',
  'locales',
  'topics',
  'license',
] as const;
const MAX_SUMMARY_LENGTH = 200;
const MAX_OUTCOMES = 20;
const MAX_OUTCOME_LENGTH = 300;
const MAX_TOPICS = 20;
const MAX_TOPIC_LENGTH = 60;
const MAX_LICENSE_LENGTH = 100;

interface CourseBody {
  locale: string;
  matter: FrontMatter;
  report: FileReport;
  media: MediaFiles;
}

/** What the course files say, but for their bodies, which are still Markdown. */
export interface CourseFacts {
  defaultLocale: string;
  /** The default first, the others in alphabetical order, or in that of "locales". */
  locales: string[];
  title: Localized;
  summary: Localized;
  outcomes: Record<string, string[]>;
  topics: string[];
  license: string | null;
  bodies: CourseBody[];
  /** Of the default locale's file. */
  report: FileReport;
}

/**
 * Reads the `course.<locale>.md` files. Null, and reported, when there is none or the default locale is not certain:
 * guessed wrong, every other file would be measured against the wrong one.
 */
export function readCourseFiles(files: FilesByLocale, whole: FileReport): CourseFacts | null {
  if (files.size === 0) {
    whole.error('COURSE_MISSING', 1, {
      en: 'There is no course.<locale>.md, for example course.en.md; add it to the folder.',
      fr: 'Il n’y a pas de course.<langue>.md, par exemple course.fr.md ; ajoutez-le au dossier.',
    });
    return null;
  }
  const bodies = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([locale, { text, report, media }]): CourseBody[] => {
      const matter = readFrontMatter(text, COURSE_FIELDS, report);
      return matter === null ? [] : [{ locale, matter, report, media }];
    });
  const base = defaultBody(bodies, files);
  if (base === null) return null;

  const { locale: defaultLocale } = base;
  const others = [...files.keys()].filter((locale) => locale !== defaultLocale).sort();
  const facts: CourseFacts = {
    defaultLocale,
    locales: [defaultLocale, ...others],
    title: {},
    summary: {},
    outcomes: {},
    topics: [],
    license: null,
    bodies,
    report: base.report,
  };
  readBase(base, facts);
  for (const body of bodies) if (body !== base) readTranslation(body, facts);
  return facts;
}

function defaultBody(bodies: readonly CourseBody[], files: FilesByLocale): CourseBody | null {
  const stating = bodies.filter(({ matter }) => (matter.fields.get('defaultLocale') ?? null) !== null);
  const stated = new Set(stating.map(({ matter }) => matter.fields.get('defaultLocale')));
  const [first] = stating;
  if (first === undefined) {
    // A broken file may be the one that states it; its own error already says what to mend.
    if (bodies.length < files.size) return null;
    const [file]: (CourseFile | undefined)[] = [...files.values()];
    file?.report.error('DEFAULT_LOCALE_MISSING', 1, {
      en: 'No course file states "defaultLocale: <locale>"; add it to the one in the default locale.',
      fr: 'Aucun fichier de la formation n’indique « defaultLocale: <langue> » ; ajoutez-le à celui de la langue par défaut.',
    });
    return null;
  }
  const base = stated.size === 1 ? bodies.find(({ locale }) => stated.has(locale)) : undefined;
  if (base === undefined) {
    const line = first.matter.lineOf('defaultLocale');
    const places = stating
      .map(({ report, matter }) => `${report.file}:${matter.lineOf('defaultLocale')}`)
      .join(', ');
    first.report.error('DEFAULT_LOCALE_CONFLICT', line, {
      en: `"defaultLocale" must name one locale with a sound course file, and is stated at ${places}; mend it.`,
      fr: `« defaultLocale » doit nommer une seule langue dont le fichier de la formation est correct, et est indiqué à ${places} ; corrigez-le.`,
    });
    return null;
  }
  for (const { locale, matter, report } of stating) {
    if (locale === base.locale) continue;
    report.warning('FIELD_IGNORED', matter.lineOf('defaultLocale'), {
      en: `State "defaultLocale" only in course.${base.locale}.md; it is ignored here.`,
      fr: `N’indiquez « defaultLocale » que dans course.${base.locale}.md ; il est ignoré ici.`,
    });
  }
  return base;
}

function readBase({ locale, matter, report }: CourseBody, facts: CourseFacts): void {
  const fields = new FieldReader(matter, report);
  // Without a title the course still shows all else it holds; the error asks for one.
  facts.title[locale] = fields.requiredText('title', MAX_TITLE_LENGTH) ?? '';
  facts.summary[locale] = fields.draftText('summary', MAX_SUMMARY_LENGTH) ?? '';
  facts.outcomes[locale] = fields.requiredList('outcomes', MAX_OUTCOMES, MAX_OUTCOME_LENGTH) ?? [];
  if (fields.has('topics'))
    facts.topics = [...new Set(fields.list('topics', MAX_TOPICS, MAX_TOPIC_LENGTH) ?? [])];
  if (fields.has('locales')) {
    const order = fields.list('locales', 200, 35) ?? [];
    const place = (each: string): number => (order.includes(each) ? order.indexOf(each) : order.length);
    const others = facts.locales.filter((each) => each !== locale);
    facts.locales = [locale, ...others.sort((a, b) => place(a) - place(b))];
  }
  if (fields.has('license')) facts.license = fields.text('license', MAX_LICENSE_LENGTH) ?? null;
}

function readTranslation({ locale, matter, report }: CourseBody, facts: CourseFacts): void {
  const fields = new FieldReader(matter, report);
  const { defaultLocale } = facts;
  fields.ignore(['locales', 'topics', 'license'], {
    en: `it is read from course.${defaultLocale}.md`,
    fr: `il est lu dans course.${defaultLocale}.md`,
  });
  for (const [field, texts, most] of [
    ['title', facts.title, MAX_TITLE_LENGTH],
    ['summary', facts.summary, MAX_SUMMARY_LENGTH],
  ] as const) {
    const text = fields.has(field) ? fields.text(field, most) : undefined;
    if (text !== undefined) texts[locale] = text;
    else if (!fields.has(field) && texts[defaultLocale] !== '')
      reportUntranslated(field, defaultLocale, matter, report);
  }
  const expected = facts.outcomes[defaultLocale]?.length ?? 0;
  if (!fields.has('outcomes')) {
    if (expected > 0) reportUntranslated('outcomes', defaultLocale, matter, report);
    return;
  }
  const outcomes = fields.requiredList('outcomes', MAX_OUTCOMES, MAX_OUTCOME_LENGTH);
  if (outcomes === undefined) return;
  facts.outcomes[locale] = outcomes;
  if (outcomes.length === expected) return;
  report.warning('TRANSLATION_INCOMPLETE', matter.lineOf('outcomes'), {
    en: `There are ${outcomes.length} outcomes here and ${expected} in course.${defaultLocale}.md. Give each of them here too.`,
    fr: `Il y a ${outcomes.length} objectifs ici et ${expected} dans course.${defaultLocale}.md. Donnez-les tous ici aussi.`,
  });
}

/** A field that falls back to the default locale. */
export function reportUntranslated(
  field: string,
  defaultLocale: string,
  matter: FrontMatter,
  report: FileReport,
): void {
  report.warning('TRANSLATION_INCOMPLETE', matter.lineOf(field), {
    en: `"${field}" is not given here; it is shown in ${defaultLocale}.`,
    fr: `« ${field} » n’est pas donné ici ; il est affiché en ${defaultLocale}.`,
  });
}
