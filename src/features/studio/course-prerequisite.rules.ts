import { defineRefusals } from '../../platform/errors.js';

/** More would be a program, not a course to enter. */
export const MOST_PREREQUISITES = 10;

export const prerequisiteRefusals = defineRefusals({
  PREREQUISITE_IS_ITSELF: {
    en: 'A course cannot have to be completed before itself. Choose another course.',
    fr: 'Une formation ne peut pas être à terminer avant elle-même. Choisissez-en une autre.',
    field: 'prerequisiteId',
  },
  PREREQUISITE_NOT_PUBLISHED: {
    en: 'This course is not published, so nobody could complete it. Choose one from the catalog.',
    fr: 'Cette formation n’est pas publiée : personne ne pourrait la terminer. Choisissez-en une du catalogue.',
    field: 'prerequisiteId',
  },
  PREREQUISITES_TOO_MANY: {
    en: 'A course asks for {max} others at most. Remove one first.',
    fr: 'Une formation en demande {max} autres au maximum. Retirez-en une d’abord.',
    field: 'prerequisiteId',
  },
  PREREQUISITE_CIRCULAR: {
    en: 'Nobody could begin: {circle}. Remove one of these first.',
    fr: 'Personne ne pourrait commencer : {circle}. Retirez d’abord l’une de ces conditions.',
    field: 'prerequisiteId',
  },
});

/**
 * The circle that a course would be in if it needed another one: itself, that one, and so on to the one that needs it. Null when
 * there is none.
 * @param requiredIds what each course needs directly, for the other one and all that is needed before it.
 */
export function circleThrough(
  courseId: string,
  requiredId: string,
  requiredIds: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  // Breadth first, so that the shortest circle is told.
  const ways: string[][] = [[courseId, requiredId]];
  const seen = new Set<string>();
  for (const way of ways) {
    const last = way.at(-1)!;
    if (seen.has(last)) continue;
    seen.add(last);
    const next = requiredIds.get(last) ?? [];
    if (next.includes(courseId)) return way;
    ways.push(...next.map((id) => [...way, id]));
  }
  return null;
}
