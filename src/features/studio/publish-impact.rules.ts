import { isDeepStrictEqual } from 'node:util';
import type { Localized } from '../../platform/locale.js';
import type { LessonContent } from '../catalog/course-content.js';
import { PUBLISH_POLICIES, type PublishPolicy } from '../catalog/publish-policy.rules.js';
import type { VersionContent } from '../catalog/version-content.js';

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
  /** Required lessons that were not in the version before, or optional there: what who is done with that one still lacks. */
  more: { lessons: number; minutes: number };
}

/** Whom a policy concerns, and what it asks of them. */
export interface PolicyImpact {
  policy: PublishPolicy;
  /** People in progress who stay on the version that they began. */
  learnersStaying: number;
  /** People in progress who go on in the new version. */
  learnersMoving: number;
  /** People who completed, keep that, and are asked for what is new. */
  learnersAsked: number;
  /** Required lessons more for those who move or are asked. */
  lessonsMore: number;
  /** Minutes of those. */
  minutesMore: number;
}

/** What each policy would do to the people on earlier versions. */
export function policyImpacts(
  learners: { inProgress: number; completed: number },
  { more }: Pick<ContentChanges, 'more'>,
): PolicyImpact[] {
  return PUBLISH_POLICIES.map((policy) => {
    const moves = policy !== 'NEW_LEARNERS_ONLY';
    return {
      policy,
      learnersStaying: moves ? 0 : learners.inProgress,
      learnersMoving: moves ? learners.inProgress : 0,
      learnersAsked: policy === 'MOVE_AND_ASK_COMPLETED' ? learners.completed : 0,
      lessonsMore: moves ? more.lessons : 0,
      minutesMore: moves ? more.minutes : 0,
    };
  });
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
  const added = now.filter(({ lesson }) => lesson.required && !oldByKey.get(lesson.key)?.lesson.required);
  const removed = old.filter(({ lesson }) => !keys.has(lesson.key));
  return {
    lessons: [...changes, ...removed.map(({ lesson }) => change('REMOVED', lesson))],
    minutesBefore: requiredMinutes(old),
    minutesAfter: requiredMinutes(now),
    more: { lessons: added.length, minutes: requiredMinutes(added) },
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

/**
 * The most of these numbers that rise from first to last: the fewest others were moved out of their order. Patience sorting, from
 * the last to the first, so that of two as long the one that begins earlier is found.
 */
function longestRise(numbers: number[]): Set<number> {
  const ends: Rise[] = []; // of each length, the one that leaves most room before it
  for (const number of numbers.toReversed()) {
    let length = 0;
    for (let high = ends.length; length < high;) {
      const middle = (length + high) >> 1;
      if (ends[middle]!.number > number) length = middle + 1;
      else high = middle;
    }
    ends[length] = { number, rest: ends[length - 1] ?? null };
  }
  const rise = new Set<number>();
  for (let end: Rise | null = ends.at(-1) ?? null; end; end = end.rest) rise.add(end.number);
  return rise;
}

/** The first number of a rise, and the rest of it. */
interface Rise {
  number: number;
  rest: Rise | null;
}
