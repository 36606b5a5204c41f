import { DomainError, defineRefusals, type Refusal } from '../../platform/errors.js';
import { inLocale, LOCALES, type Locale, type Localized } from '../../platform/locale.js';
import { isBlank, mediaOf, translationGaps } from './content-gaps.rules.js';
import type { LessonContent, QuestionContent } from '../catalog/course-content.js';
import type { VersionContent } from '../catalog/version-content.js';

/** What keeps a draft from being published, in the order in which it is best mended. */
export const publishRefusals = defineRefusals({
  NO_REQUIRED_LESSON: {
    en: 'The course needs at least one required lesson, or nobody could complete it.',
    fr: 'La formation doit avoir au moins une leçon obligatoire, sinon personne ne pourrait la terminer.',
  },
  MODULE_EMPTY: {
    en: 'The module “{module}” has no lesson. Add one, or delete the module.',
    fr: 'Le module « {module} » n’a aucune leçon. Ajoutez-en une, ou supprimez le module.',
  },
  LESSON_EMPTY: {
    en: 'The lesson “{lesson}” is empty. Write its text, or delete it.',
    fr: 'La leçon « {lesson} » est vide. Écrivez son texte, ou supprimez-la.',
  },
  QUIZ_WITHOUT_QUESTION: {
    en: 'The quiz “{lesson}” has no question.',
    fr: 'Le quiz « {lesson} » n’a aucune question.',
  },
  POOL_TOO_SMALL: {
    en: 'The quiz “{lesson}” draws {count} questions with the tag “{tag}”, and {available} can be drawn: those asked of everybody, drawn by another tag or archived do not count. Draw fewer, or tag more questions.',
    fr: 'Le quiz « {lesson} » tire {count} questions avec l’étiquette « {tag} », et {available} peuvent l’être : celles posées à tout le monde, tirées par une autre étiquette ou archivées ne comptent pas. Tirez-en moins, ou étiquetez d’autres questions.',
  },
  QUESTION_WITHOUT_ANSWER: {
    en: 'In the quiz “{lesson}”, the question “{question}” has no right answer.',
    fr: 'Dans le quiz « {lesson} », la question « {question} » n’a aucune bonne réponse.',
  },
  IMAGE_WITHOUT_ALT: {
    en: '“{place}” has an image without a text for those who do not see it ({language}). Describe it, or mark it as decorative.',
    fr: '« {place} » a une image sans texte pour qui ne la voit pas ({language}). Décrivez-la, ou marquez-la comme décorative.',
  },
  VIDEO_WITHOUT_CAPTIONS: {
    en: '“{place}” has a video with neither captions nor a transcript ({language}). Add one of them.',
    fr: '« {place} » a une vidéo sans sous-titres ni transcription ({language}). Ajoutez l’un des deux.',
  },
  TRANSLATION_MISSING: {
    en: 'The {language} texts are not complete: {count} missing, the first in “{place}”. Add them, or mark this language as partial.',
    fr: 'Les textes ne sont pas complets en {language} : {count} manquants, le premier dans « {place} ». Ajoutez-les, ou marquez cette langue comme partielle.',
  },
  MAIN_TEXT_MISSING: {
    en: 'The texts in the main language, {language}, are not complete: {count} missing, the first in “{place}”. Others fall back to it, so it needs them all.',
    fr: 'Les textes de la langue principale, {language}, ne sont pas complets : {count} manquants, le premier dans « {place} ». Les autres langues s’y replient, elle doit donc tout avoir.',
  },
  VERSION_UNCHANGED: {
    en: 'Nothing differs from the published version.',
    fr: 'Rien ne diffère de la version publiée.',
  },
});

export type PublishCheckCode = keyof typeof publishRefusals;
export const PUBLISH_CHECK_CODES = Object.keys(publishRefusals) as PublishCheckCode[];

/** What each line of the list says when all is well. */
const WELL: Record<PublishCheckCode, Record<Locale, string>> = {
  NO_REQUIRED_LESSON: { en: 'It has a required lesson.', fr: 'Il y a une leçon obligatoire.' },
  MODULE_EMPTY: { en: 'Every module has a lesson.', fr: 'Chaque module a une leçon.' },
  LESSON_EMPTY: { en: 'Every lesson has a text.', fr: 'Chaque leçon a un texte.' },
  QUIZ_WITHOUT_QUESTION: { en: 'Every quiz has questions.', fr: 'Chaque quiz a des questions.' },
  POOL_TOO_SMALL: {
    en: 'The bank has enough questions for every draw.',
    fr: 'La banque a assez de questions pour chaque tirage.',
  },
  QUESTION_WITHOUT_ANSWER: {
    en: 'Every question has a right answer.',
    fr: 'Chaque question a une bonne réponse.',
  },
  IMAGE_WITHOUT_ALT: {
    en: 'Every image is described, or decorative.',
    fr: 'Chaque image est décrite, ou décorative.',
  },
  VIDEO_WITHOUT_CAPTIONS: {
    en: 'Every video file has captions or a transcript.',
    fr: 'Chaque fichier vidéo a des sous-titres ou une transcription.',
  },
  TRANSLATION_MISSING: {
    en: 'Every translation is complete, or marked as partial.',
    fr: 'Chaque traduction est complète, ou marquée comme partielle.',
  },
  MAIN_TEXT_MISSING: {
    en: 'The main language has every text.',
    fr: 'La langue principale a tous les textes.',
  },
  VERSION_UNCHANGED: {
    en: 'Something differs from the published version.',
    fr: 'Quelque chose diffère de la version publiée.',
  },
};

/** What the list looks at. */
export interface ChecklistFacts {
  /** With the pools as publishing fills them. */
  content: VersionContent;
  partialLocales: readonly string[];
  contentHash: string;
  publishedHash: string | null;
}

/** One line of the list: well, or something to mend and where. */
export interface PublishCheck {
  code: PublishCheckCode;
  ok: boolean;
  sentence: (locale: Locale) => string;
  moduleKey?: string;
  lessonKey?: string;
  /** BCP 47 tag. */
  locale?: string;
}

/** Texts of a sentence: the same in every language, or one for each. */
type Values = Record<string, string | number | Localized>;
type Fault = Pick<PublishCheck, 'moduleKey' | 'lessonKey' | 'locale'> & { values: Values };

/** Every line in order; where something is wrong, a line for each place to mend. */
export function publishChecklist(facts: ChecklistFacts): PublishCheck[] {
  return PUBLISH_CHECK_CODES.flatMap((code): PublishCheck[] => {
    const faults = CHECKS[code](facts);
    if (faults.length === 0) return [{ code, ok: true, sentence: (locale) => WELL[code][locale] }];
    const { defaultLocale } = facts.content;
    return faults.map(({ values, ...place }) => ({
      code,
      ok: false,
      sentence: (locale) => fill(publishRefusals[code], values, { locale, defaultLocale }),
      ...place,
    }));
  });
}

/** A draft is refused with the first line that is not well, in the language of who asks. */
export class PublishRefused extends DomainError {
  constructor(private readonly check: PublishCheck) {
    super(publishRefusals[check.code]);
  }

  override sentence(locale: Locale): string {
    return this.check.sentence(locale);
  }
}

function fill(
  refusal: Refusal,
  values: Values,
  { locale, defaultLocale }: { locale: Locale; defaultLocale: string },
): string {
  const texts = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? (inLocale(value, locale, defaultLocale) ?? '') : value,
  ]);
  return new DomainError(refusal, Object.fromEntries(texts) as Record<string, string | number>).sentence(
    locale,
  );
}

const CHECKS: Record<PublishCheckCode, (facts: ChecklistFacts) => Fault[]> = {
  NO_REQUIRED_LESSON: ({ content }) =>
    lessonsOf(content).some(({ required }) => required) ? [] : [{ values: {} }],
  MODULE_EMPTY: ({ content }) =>
    content.modules
      .filter(({ lessons }) => lessons.length === 0)
      .map(({ key, title }) => ({ moduleKey: key, values: { module: named(title, key) } })),
  LESSON_EMPTY: ({ content }) =>
    lessonsOf(content)
      .filter(({ body }) => body !== null && Object.values(body).every(isBlank))
      .map((lesson) => ({ lessonKey: lesson.key, values: { lesson: named(lesson.title, lesson.key) } })),
  QUIZ_WITHOUT_QUESTION: ({ content }) =>
    lessonsOf(content)
      .filter(({ quiz }) => quiz && quiz.questions.length + (quiz.pools ?? []).length === 0)
      .map((lesson) => ({ lessonKey: lesson.key, values: { lesson: named(lesson.title, lesson.key) } })),
  POOL_TOO_SMALL: ({ content }) =>
    lessonsOf(content).flatMap(({ key, title, quiz }) =>
      (quiz?.pools ?? [])
        .filter(({ count, questions }) => questions.length < count)
        .map(({ tag, count, questions }) => ({
          lessonKey: key,
          values: { lesson: named(title, key), tag, count, available: questions.length },
        })),
    ),
  QUESTION_WITHOUT_ANSWER: ({ content }) =>
    lessonsOf(content).flatMap((lesson) =>
      questionsOf(lesson)
        .filter((question) => !hasAnswer(question))
        .map(({ key }) => ({
          lessonKey: lesson.key,
          values: { lesson: named(lesson.title, lesson.key), question: key },
        })),
    ),
  IMAGE_WITHOUT_ALT: ({ content }) =>
    mediaOf(content)
      .filter(({ node }) => node.type === 'image' && !node.attrs.decorative && node.attrs.alt.trim() === '')
      .map(({ place }) => placed(place)),
  VIDEO_WITHOUT_CAPTIONS: ({ content }) =>
    mediaOf(content)
      .filter(
        ({ node }) =>
          node.type === 'video' &&
          node.attrs.file !== null &&
          node.attrs.captions.length === 0 &&
          node.attrs.transcript.trim() === '',
      )
      .map(({ place }) => placed(place)),
  TRANSLATION_MISSING: ({ content, partialLocales }) =>
    content.locales
      .filter((locale) => locale !== content.defaultLocale && !partialLocales.includes(locale))
      .flatMap((locale) => incomplete(content, locale)),
  MAIN_TEXT_MISSING: ({ content }) => incomplete(content, content.defaultLocale),
  VERSION_UNCHANGED: ({ contentHash, publishedHash }) =>
    contentHash === publishedHash ? [{ values: {} }] : [],
};

/** All that a language lacks is one line: there may be hundreds, and they are mended side by side. */
function incomplete(content: VersionContent, locale: string): Fault[] {
  const gaps = translationGaps(content, locale);
  return gaps[0] ? [placed({ ...gaps[0], locale }, { count: gaps.length })] : [];
}

function placed(
  place: { title: Localized; key: string; locale: string; moduleKey?: string; lessonKey?: string },
  values: Values = {},
): Fault {
  const { title, key, locale, moduleKey, lessonKey } = place;
  return {
    locale,
    ...(moduleKey !== undefined && { moduleKey }),
    ...(lessonKey !== undefined && { lessonKey }),
    values: { ...values, place: named(title, key), language: languageNames(locale) },
  };
}

/** A right answer is one that can be given: a choice, something recognized, a pair, or an order of two things or more. */
function hasAnswer({ kind, options }: QuestionContent): boolean {
  if (kind === 'ORDERING') return options.length > 1;
  if (kind === 'MATCHING') return options.some(({ text, match }) => match && Object.keys(text).length > 0);
  return options.some(({ correct }) => correct);
}

const lessonsOf = ({ modules }: VersionContent): LessonContent[] => modules.flatMap(({ lessons }) => lessons);

const questionsOf = ({ quiz }: LessonContent): QuestionContent[] => [
  ...(quiz?.questions ?? []),
  ...(quiz?.pools ?? []).flatMap(({ questions }) => questions),
];

/** The title in each language; what has none is called by its key. */
const named = (title: Localized, key: string): Localized | string =>
  Object.keys(title).length > 0 ? title : key;

/** "French", "français": the name of a language in each of the product's. */
const languageNames = (tag: string): Localized =>
  Object.fromEntries(
    LOCALES.map((locale) => [locale, new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag]),
  );
