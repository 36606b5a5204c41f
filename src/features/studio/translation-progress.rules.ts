import { stored } from '../../platform/locale.js';
import { plainText } from '../catalog/block-document.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import type { Outline } from '../catalog/outlines.js';
import { lacksTexts } from './content-gaps.rules.js';
import { OUTLINE_FIELDS, written, type OutlineTexts } from './outline-texts.rules.js';
import type { FoundQuestion } from './translation.queries.js';
import {
  isOutOfDate,
  outlineSubject,
  questionHashes,
  questionSubject,
  textHashes,
  type Basis,
  type Hashes,
  type TranslationState,
} from './translation.rules.js';
import type { TranslatedQuestion, TranslatedText, TranslationProgress } from './translation.types.js';

/** In characters: a line of a list. */
const EXCERPT_LENGTH = 140;

/** What is looked at to say how far a version is translated. */
export interface TranslationFacts {
  outline: Outline;
  questions: readonly FoundQuestion[];
  basisOf: (subject: string, locale: string) => Basis | undefined;
  lessonState: (lesson: Lesson, locale: string) => TranslationState;
}

/** How far a version is translated into one of its languages. */
export function progressIn(locale: string, facts: TranslationFacts): TranslationProgress {
  const modules = facts.outline.modulesIn(facts.outline.version.defaultLocale);
  const texts = textsIn(locale, facts);
  const lessons = modules.flatMap((module) =>
    module.lessons.map((lesson) => ({ lesson, state: facts.lessonState(lesson, locale) })),
  );
  const questions = questionsIn(locale, facts);
  const counted = [...texts, ...lessons, ...questions.filter(({ asked }) => asked)];
  return {
    locale,
    texts,
    lessons,
    questions,
    completeCount: counted.filter(({ state }) => state === 'COMPLETE').length,
    totalCount: counted.length,
  };
}

function textsIn(locale: string, { outline, basisOf }: TranslationFacts): TranslatedText[] {
  const { version } = outline;
  const textsOf = (
    { id, key }: { id: string | null; key: string | null },
    owner: OutlineTexts,
  ): TranslatedText[] =>
    OUTLINE_FIELDS.flatMap((field) => {
      const all = written(owner, field);
      const source = stored(all, version.defaultLocale) ?? '';
      const text = stored(all, locale);
      if (!source && !text) return [];
      const basis = basisOf(outlineSubject(key, field), locale);
      const state = text ? stateOf(textHashes(all), { locale, version }, basis) : 'MISSING';
      return [{ moduleId: id, field, source, text, state }];
    });
  return [
    ...textsOf({ id: null, key: null }, version),
    ...outline.modulesIn(version.defaultLocale).flatMap((module) => textsOf(module, module)),
  ];
}

function questionsIn(
  locale: string,
  { outline: { version }, questions, basisOf }: TranslationFacts,
): TranslatedQuestion[] {
  return questions.map((question) => {
    const basis = basisOf(questionSubject(question.key), locale);
    const { id, key, asked } = question;
    const state = lacksTexts(question, locale)
      ? 'MISSING'
      : stateOf(questionHashes(question), { locale, version }, basis);
    return { id, key, asked, state, excerpt: excerptOf(question, version.defaultLocale) };
  });
}

const stateOf = (
  hashes: Hashes,
  { locale, version: { defaultLocale } }: { locale: string; version: CourseVersion },
  basis: Basis | undefined,
): TranslationState =>
  isOutOfDate({ source: stored(hashes, defaultLocale), target: stored(hashes, locale) }, basis)
    ? 'OUT_OF_DATE'
    : 'COMPLETE';

function excerptOf({ prompt }: FoundQuestion, defaultLocale: string): string {
  const document = stored(prompt, defaultLocale) ?? Object.values(prompt)[0];
  const words = document ? plainText(document).replace(/\s+/g, ' ').trim() : '';
  return words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH).trimEnd()}…` : words;
}
