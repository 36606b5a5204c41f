import { DomainError, defineRefusals } from '../../platform/errors.js';
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
} from '../catalog/course-content.js';
import { freeKey, keyFromTitle } from '../catalog/keys.rules.js';
import { minutesToAnswer } from '../catalog/reading-time.rules.js';
import type { ImportState, QuizChoice } from './course-import.entity.js';
import type { ArchiveRefused } from '../formats/import/archive-limits.js';
import type { Sentence } from '../formats/import/import-problems.js';
import { RESERVED_SLUGS } from '../studio/structure.rules.js';

export const importRefusals = defineRefusals({
  IMPORT_FILE_REFUSED: {
    en: 'This file cannot be read.',
    fr: 'Ce fichier ne peut pas être lu.',
    field: 'file',
  },
  IMPORT_SLUG_TAKEN: {
    en: 'There is a course at this address already. Choose another address, or that course as the target.',
    fr: 'Il y a déjà une formation à cette adresse. Choisissez une autre adresse, ou cette formation comme destination.',
    field: 'slug',
  },
  IMPORT_SLUG_RESERVED: {
    en: 'The studio has a page of its own at “{slug}”. Choose another address.',
    fr: 'Le studio a une page à lui à « {slug} ». Choisissez une autre adresse.',
    field: 'slug',
  },
  IMPORT_TOO_MANY: {
    en: 'You have {count} files that are waiting. Apply or cancel some of them first.',
    fr: 'Vous avez {count} fichiers en attente. Appliquez ou annulez-en d’abord quelques-uns.',
  },
  IMPORT_NOT_READY: {
    en: 'This file is not ready to be applied: it is still being read, or nothing can be taken over from it.',
    fr: 'Ce fichier n’est pas prêt à être appliqué : il est encore en lecture, ou rien ne peut en être repris.',
  },
  IMPORT_ALREADY_APPLIED: {
    en: 'This import is applied already, or is being applied now.',
    fr: 'Cet import est déjà appliqué, ou est en train de l’être.',
  },
  IMPORT_ENDED: {
    en: 'This import has ended. There is nothing to cancel.',
    fr: 'Cet import est terminé. Il n’y a rien à annuler.',
  },
  IMPORT_WITHOUT_QUESTIONS: {
    en: 'This file brings no questions for the bank, so that no quiz can be made of them.',
    fr: 'Ce fichier n’apporte aucune question pour la banque : aucun quiz ne peut en être fait.',
    field: 'quiz',
  },
});

/** Files of one trainer that may wait at once: each may be 200 MB. */
export const MOST_WAITING = 10;
/** Days that an upload is kept. */
export const UPLOAD_DAYS = 7;
/** Runs of one reading before it is given up: a file that ends its worker three times would end the next one too. */
export const MOST_RUNS = 3;

export const OUR_FAULT: Sentence = {
  en: 'Reading stopped because of a fault on our side. Nothing was changed. Send the file again; if it happens again, tell whoever runs the platform.',
  fr: 'La lecture s’est arrêtée à cause d’une erreur de notre côté. Rien n’a été changé. Envoyez de nouveau le fichier ; si cela se répète, dites-le à la personne qui gère la plateforme.',
};

export const EXPIRED: Sentence = {
  en: `The file was kept for ${UPLOAD_DAYS} days and is gone now. Send it again.`,
  fr: `Le fichier a été gardé ${UPLOAD_DAYS} jours et n’est plus là. Envoyez-le de nouveau.`,
};

export const NOT_YOURS: Sentence = {
  en: 'This course is gone, or you may no longer edit it. Nothing was changed.',
  fr: 'Cette formation n’existe plus, ou vous ne pouvez plus la modifier. Rien n’a été changé.',
};

/** Of a course that is not there yet. @throws DomainError `IMPORT_SLUG_RESERVED` */
export function requireFreeWord(slug: string): void {
  if (RESERVED_SLUGS.includes(slug)) throw new DomainError(importRefusals.IMPORT_SLUG_RESERVED, { slug });
}

/** @throws DomainError saying why, when an import in this state cannot be applied. */
export function requireApplicable(state: ImportState): void {
  if (state === 'APPLYING' || state === 'APPLIED')
    throw new DomainError(importRefusals.IMPORT_ALREADY_APPLIED);
  if (state !== 'READY') throw new DomainError(importRefusals.IMPORT_NOT_READY);
}

/** @throws DomainError saying why, when an import in this state cannot be given up. */
export function requireCancelable(state: ImportState): void {
  if (state === 'APPLYING' || state === 'APPLIED')
    throw new DomainError(importRefusals.IMPORT_ALREADY_APPLIED);
  if (state === 'FAILED' || state === 'CANCELED') throw new DomainError(importRefusals.IMPORT_ENDED);
}

/** Why an uploaded file is refused, as a refusal. */
export const refusedFile = ({ sentence }: ArchiveRefused): DomainError =>
  new DomainError({ ...importRefusals.IMPORT_FILE_REFUSED, sentences: { ...sentence } });

/** Pass mark of a quiz that is made of imported questions, in percent, and minutes that a question takes. */
const PASS_PERCENT = 80;

/** A course that holds nothing yet: what imported questions go into when there is no course for them. */
export function emptyCourse(slug: string, locale: string): CourseContent {
  const words = slug.replaceAll('-', ' ');
  return {
    slug,
    defaultLocale: locale,
    locales: [locale],
    title: { [locale]: words.charAt(0).toUpperCase() + words.slice(1) },
    summary: { [locale]: '' },
    outcomes: {},
    description: { [locale]: { type: 'doc', content: [] } },
    topics: [],
    license: null,
    modules: [],
  };
}

/** The course with one more lesson, at the end of the named module or of a new one: a quiz that asks these questions. */
export function withQuiz<C extends Omit<CourseContent, 'slug'>>(
  course: C,
  questions: QuestionContent[],
  { moduleTitle, lessonTitle }: QuizChoice,
): C {
  const locale = course.defaultLocale;
  const lesson: LessonContent = {
    key: freeKey(
      keyFromTitle(lessonTitle, 'quiz'),
      new Set(course.modules.flatMap(({ lessons }) => lessons.map(({ key }) => key))),
    ),
    kind: 'QUIZ',
    required: true,
    estimatedMinutes: minutesToAnswer(questions.length),
    title: { [locale]: lessonTitle },
    body: null,
    quiz: { passPercent: PASS_PERCENT, questions },
  };
  const named = course.modules.findIndex(({ title }) => title[locale] === moduleTitle);
  const modules: ModuleContent[] =
    named === -1
      ? [
          ...course.modules,
          {
            key: freeKey(keyFromTitle(moduleTitle, 'quiz'), new Set(course.modules.map(({ key }) => key))),
            title: { [locale]: moduleTitle },
            summary: { [locale]: '' },
            lessons: [lesson],
          },
        ]
      : course.modules.map((module, index) =>
          index === named ? { ...module, lessons: [...module.lessons, lesson] } : module,
        );
  return { ...course, modules };
}
