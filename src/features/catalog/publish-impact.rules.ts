import { isDeepStrictEqual } from 'node:util';
import type { Localized } from '../../platform/locale.js';
import type { LessonContent } from './course-content.js';
import type { VersionContent } from './version-content.js';

export const LESSON_CHANGE_KINDS = ['ADDED', 'REMOVED', 'CHANGED', 'MOVED'] as const;
export type LessonChangeKind = (typeof LESSON_CHANGE_KINDS)[number];

/** What became of one lesson from a version to the next. */
export interface LessonChange {
  kind: LessonChangeKind;
  key: string;
  title: Localized;
  required: boolean;
}

/** How a version differs from the one before it. */
export interface ContentChanges {
  /** In the order of the version; then what it no longer has. A lesson that stayed as it was is not among them. */
  lessons: LessonChange[];
  /** Of the required lessons, in the version before; 0 for a first version. */
  minutesBefore: number;
  /** Of the required lessons. */
  minutesAfter: number;
}

/** A lesson, and where it stands. */
interface Place {
  lesson: LessonContent;
  moduleKey: string;
  position: number;
}

/**
 * Compares two versions lesson by lesson, by key and content: ids and dates do not count. A lesson whose texts, minutes,
 * questions or whose being required differ has changed, wherever it stands; one that is only elsewhere has moved.
 */
export function compareContent(before: VersionContent | null, after: VersionContent): ContentChanges {
  const old = before ? placesOf(before) : [];
  const now = placesOf(after);
  const oldByKey = new Map(old.map((place) => [place.lesson.key, place]));
  const keys = new Set(now.map(({ lesson }) => lesson.key));
  const inOrder = longestRise(now.flatMap(({ lesson }) => oldByKey.get(lesson.key)?.position ?? []));
  const changes = now.flatMap(({ lesson, moduleKey }) => {
    const was = oldByKey.get(lesson.key);
    if (!was) return change('ADDED', lesson);
    if (!isDeepStrictEqual(was.lesson, lesson)) return change('CHANGED', lesson);
    const stayed = was.moduleKey === moduleKey && inOrder.has(was.position);
    return stayed ? [] : change('MOVED', lesson);
  });
  const removed = old.filter(({ lesson }) => !keys.has(lesson.key));
  return {
    lessons: [...changes, ...removed.map(({ lesson }) => change('REMOVED', lesson))],
    minutesBefore: requiredMinutes(old),
    minutesAfter: requiredMinutes(now),
  };
}

const change = (kind: LessonChangeKind, { key, title, required }: LessonContent): LessonChange => ({
  kind,
  key,
  title,
  required,
});

const placesOf = (content: VersionContent): Place[] =>
  content.modules
    .flatMap((module) => module.lessons.map((lesson) => ({ lesson, moduleKey: module.key })))
    .map((place, position) => ({ ...place, position }));

const requiredMinutes = (places: Place[]): number =>
  places.reduce((sum, { lesson }) => sum + (lesson.required ? lesson.estimatedMinutes : 0), 0);

/** The most of these numbers that rise from first to last: the fewest others were moved out of their order. */
function longestRise(numbers: number[]): Set<number> {
  const rises: number[][] = []; // the longest one that ends with each number
  for (const number of numbers) {
    const before = longest(rises.filter((rise) => rise.at(-1)! < number));
    rises.push([...before, number]);
  }
  return new Set(longest(rises));
}

const longest = (lists: number[][]): number[] =>
  lists.reduce((best, list) => (list.length > best.length ? list : best), []);
