import { compareContent } from '../studio/publish-impact.rules.js';
import type { VersionContent } from '../catalog/version-content.js';

/** How a version differs from an earlier one for somebody who took that: lessons by key, in the order of the version. */
export interface VersionDifference {
  addedKeys: string[];
  changedKeys: string[];
  removedKeys: string[];
}

/** A lesson that is the same, only elsewhere, is no difference. */
export function differenceOf(before: VersionContent, after: VersionContent): VersionDifference {
  const { lessons } = compareContent(before, after);
  const keysOf = (wanted: string): string[] =>
    lessons.filter(({ kind }) => kind === wanted).map(({ key }) => key);
  return { addedKeys: keysOf('ADDED'), changedKeys: keysOf('CHANGED'), removedKeys: keysOf('REMOVED') };
}

/** Whether there is something to do for somebody who completed the version before. */
export const hasNews = ({ addedKeys, changedKeys }: VersionDifference): boolean =>
  addedKeys.length + changedKeys.length > 0;
