import type { PackageContent } from '../../../catalog/course-content.js';
import { childOf, textOf, type XmlElement } from '../xml-tree.js';

/** What an item of a manifest asks of who takes it, besides opening it. */
export type ScormDemands = Pick<PackageContent, 'masteryPercent' | 'completionPercent' | 'launchData'>;

/** In UTF-16 units: SCORM 2004 4th Edition, content aggregation model, section 3.4.1.12. */
const MOST_LAUNCH_DATA = 4_000;

/**
 * Reads `adlcp:masteryscore` and `adlcp:datafromlms` (SCORM 1.2), `adlcp:dataFromLMS`, `adlcp:completionThreshold` and the measure of
 * the primary objective (SCORM 2004). What is no number in its range asks for nothing.
 */
export function scormDemands(item: XmlElement): ScormDemands {
  const masteryPercent = percent(textIn(item, 'masteryscore'), 1) ?? measureOf(item);
  const completionPercent = completionOf(item);
  const launchData = textIn(item, 'datafromlms') || textIn(item, 'dataFromLMS');
  return {
    ...(masteryPercent !== undefined && { masteryPercent }),
    ...(completionPercent !== undefined && { completionPercent }),
    ...(launchData !== '' && { launchData: launchData.slice(0, MOST_LAUNCH_DATA) }),
  };
}

const textIn = (element: XmlElement, name: string): string => {
  const child = childOf(element, name);
  return child ? textOf(child).trim() : '';
};

/** The least scaled score with which the primary objective is satisfied (IMS Simple Sequencing, section 6.2). */
function measureOf(item: XmlElement): number | undefined {
  const sequencing = childOf(item, 'sequencing');
  const objectives = sequencing && childOf(sequencing, 'objectives');
  const primary = objectives && childOf(objectives, 'primaryObjective');
  if (primary?.attributes.satisfiedByMeasure !== 'true') return undefined;
  return percent(textIn(primary, 'minNormalizedMeasure') || '1', 100);
}

/** As text in the 3rd edition, as an attribute in the 4th, where it counts only when the item says so. */
function completionOf(item: XmlElement): number | undefined {
  const threshold = childOf(item, 'completionThreshold');
  if (!threshold) return undefined;
  const { completedByMeasure, minProgressMeasure } = threshold.attributes;
  if (completedByMeasure === 'true') return percent(minProgressMeasure ?? '1', 100);
  return completedByMeasure === undefined ? percent(textOf(threshold).trim(), 100) : undefined;
}

function percent(text: string, times: number): number | undefined {
  const value = Math.round(Number(text) * times * 100) / 100;
  return text !== '' && value >= 0 && value <= 100 ? value : undefined;
}
