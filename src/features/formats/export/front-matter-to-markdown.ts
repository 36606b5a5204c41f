import {
  DEFAULT_QUIZ_SETTINGS,
  type CourseContent,
  type LessonContent,
  type QuizContent,
  type QuizSettings,
} from '../../catalog/course-content.js';
import { KIND_NAMES, STANDARD_NAMES, SUBMISSION_NAMES } from '../import/lesson-front-matter.js';
import { yamlText } from '../import/yaml-text.js';

/** Lines of YAML between `---`, and a body. */
export function fileOf(fields: readonly string[], body: string): string {
  const head = ['---', ...(fields.length > 0 ? fields : ['{}']), '---', ''].join('\n');
  return body === '' ? head : `${head}\n${body}`;
}

export function courseFields(course: CourseContent, locale: string): string[] {
  const isDefault = locale === course.defaultLocale;
  const outcomes = course.outcomes[locale] ?? (isDefault ? [] : undefined);
  return [
    ...textField('title', course.title[locale]),
    ...textField('summary', course.summary[locale] ?? (isDefault ? '' : undefined), isDefault),
    ...(outcomes ? listField('outcomes', outcomes) : []),
    ...(isDefault ? courseFacts(course) : []),
  ];
}

function courseFacts({ defaultLocale, locales, topics, license }: CourseContent): string[] {
  const usual = [defaultLocale, ...locales.filter((locale) => locale !== defaultLocale).sort()];
  return [
    `defaultLocale: ${yamlText(defaultLocale)}`,
    ...(usual.join() === locales.join() ? [] : [`locales: [${locales.map(yamlText).join(', ')}]`]),
    ...(topics.length > 0 ? [`topics: [${topics.map(yamlText).join(', ')}]`] : []),
    ...(license === null ? [] : textField('license', license)),
  ];
}

export function textField(name: string, text: string | undefined, evenEmpty = false): string[] {
  return text === undefined || (text === '' && !evenEmpty) ? [] : [`${name}: ${yamlText(text)}`];
}

const listField = (name: string, texts: readonly string[]): string[] =>
  texts.length === 0 ? [`${name}: []`] : [`${name}:`, ...texts.map((text) => `  - ${yamlText(text)}`)];

/** Of the default locale. @param path of the package. */
export function lessonFields(lesson: LessonContent, path: (hash: string) => string): string[] {
  const { kind, required, estimatedMinutes, quiz, activity, package: packaged } = lesson;
  return [
    ...(kind === 'READING' ? [] : [`kind: ${nameOf(KIND_NAMES, kind)}`]),
    `minutes: ${estimatedMinutes}`,
    ...(required ? [] : ['required: false']),
    ...(quiz ? quizFields(quiz) : []),
    ...(activity ? [`submission: ${nameOf(SUBMISSION_NAMES, activity.submission)}`] : []),
    ...(packaged
      ? [
          `standard: ${nameOf(STANDARD_NAMES, packaged.standard)}`,
          `file: ${yamlText(path(packaged.file))}`,
          `launch: ${yamlText(packaged.launch)}`,
          ...(packaged.masteryPercent === undefined ? [] : [`masteryPercent: ${packaged.masteryPercent}`]),
          ...(packaged.completionPercent === undefined
            ? []
            : [`completionPercent: ${packaged.completionPercent}`]),
          ...textField('launchData', packaged.launchData),
          ...(packaged.isAsset ? ['isAsset: true'] : []),
        ]
      : []),
  ];
}

function quizFields({ passPercent, settings = {}, pools = [] }: QuizContent): string[] {
  const names = Object.keys(DEFAULT_QUIZ_SETTINGS) as (keyof QuizSettings)[];
  const own = names.filter(
    (name) => settings[name] !== undefined && settings[name] !== DEFAULT_QUIZ_SETTINGS[name],
  );
  return [
    `passPercent: ${passPercent}`,
    ...own.map(
      (name) => `${name}: ${name === 'closesAt' ? yamlText(settings[name]!) : String(settings[name])}`,
    ),
    ...(pools.length > 0 ? ['pools:'] : []),
    ...pools.flatMap(({ tag, count, questions }) => [
      `  - tag: ${yamlText(tag)}`,
      `    count: ${count}`,
      `    questions: [${questions.map(({ key }) => yamlText(key)).join(', ')}]`,
    ]),
  ];
}

const nameOf = <T extends string>(names: Record<string, T>, value: T): string =>
  Object.keys(names).find((name) => names[name] === value)!;
