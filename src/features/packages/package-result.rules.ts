import type { PackageContent } from '../catalog/course-content.js';
import type { PackageValues } from './package-elements.rules.js';

/** What a package says of its learner. The first two do not complete a lesson, the others do. */
export const PACKAGE_STATUSES = ['INCOMPLETE', 'FAILED', 'COMPLETED', 'PASSED'] as const;
export type PackageStatus = (typeof PACKAGE_STATUSES)[number];

export interface PackageResult {
  status: PackageStatus;
  /** 0 to 100, rounded; null when it gave none. */
  scorePercent: number | null;
}

/** What the manifest says of the package. */
type Demands = Pick<PackageContent, 'standard' | 'masteryPercent' | 'completionPercent' | 'isAsset'>;

export const isDone = (status: PackageStatus): boolean => status === 'COMPLETED' || status === 'PASSED';

/**
 * What a package reported comes down to.
 * @param isFinished whether it ended its session (`LMSFinish`, `Terminate`) by itself.
 */
export function packageResult(demands: Demands, values: PackageValues, isFinished: boolean): PackageResult {
  if (demands.isAsset) return { status: 'COMPLETED', scorePercent: null };
  return demands.standard === 'SCORM_1_2'
    ? resultOf12(demands, values, isFinished)
    : resultOf2004(demands, values, isFinished);
}

/**
 * SCORM 1.2, run-time environment, section 3.4.4, `cmi.core.lesson_status`: with a mastery score the score decides once the package
 * says that it is through; a package that ends without having said anything is completed.
 */
function resultOf12({ masteryPercent }: Demands, values: PackageValues, isFinished: boolean): PackageResult {
  const raw = numberOf(values['cmi.core.score.raw']);
  const scorePercent = percentOf(raw, values['cmi.core.score.min'], values['cmi.core.score.max']);
  const said = values['cmi.core.lesson_status'] ?? 'not attempted';
  const isThrough =
    /^(passed|completed|failed)$/.test(said) || endsForGood(isFinished, values['cmi.core.exit']);
  if (masteryPercent !== undefined && raw !== null && isThrough)
    return { status: raw >= masteryPercent ? 'PASSED' : 'FAILED', scorePercent };
  if (said === 'not attempted' && isThrough) return { status: 'COMPLETED', scorePercent };
  return { status: STATUS_12[said] ?? 'INCOMPLETE', scorePercent };
}

const STATUS_12: Readonly<Record<string, PackageStatus>> = {
  passed: 'PASSED',
  completed: 'COMPLETED',
  failed: 'FAILED',
};

/**
 * SCORM 2004 4th Edition, run-time environment, sections 4.2.4 and 4.2.22: thresholds of the manifest go before what the package says.
 * It says two things; what is failed or expressly incomplete is not done, and of what is left unsaid the other decides.
 */
function resultOf2004(demands: Demands, values: PackageValues, isFinished: boolean): PackageResult {
  const scaled = numberOf(values['cmi.score.scaled']);
  const scorePercent =
    scaled === null
      ? percentOf(numberOf(values['cmi.score.raw']), values['cmi.score.min'], values['cmi.score.max'])
      : Math.round(Math.max(0, scaled) * 100);
  const progress = numberOf(values['cmi.progress_measure']);
  const success =
    byThreshold(demands.masteryPercent, scaled, ['passed', 'failed']) ?? values['cmi.success_status'];
  const completion =
    byThreshold(demands.completionPercent, progress, ['completed', 'incomplete']) ??
    values['cmi.completion_status'];
  const isSilent = (completion ?? 'unknown') === 'unknown' && (success ?? 'unknown') === 'unknown';
  const status = (): PackageStatus => {
    if (success === 'failed') return 'FAILED';
    if (completion === 'incomplete') return 'INCOMPLETE';
    if (success === 'passed') return 'PASSED';
    if (completion === 'completed') return 'COMPLETED';
    return isSilent && endsForGood(isFinished, values['cmi.exit']) ? 'COMPLETED' : 'INCOMPLETE';
  };
  return { status: status(), scorePercent };
}

function byThreshold(
  percent: number | undefined,
  measure: number | null,
  [reached, missed]: [string, string],
): string | undefined {
  if (percent === undefined || measure === null) return undefined;
  return measure * 100 >= percent ? reached : missed;
}

/** A package that is left to be taken up again has not ended. */
const endsForGood = (isFinished: boolean, exit: string | undefined): boolean =>
  isFinished && exit !== 'suspend' && exit !== 'logout' && exit !== 'time-out';

const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : Number(text);

/** A raw score between its bounds, which are 0 and 100 where the package gives none. */
function percentOf(raw: number | null, least: string | undefined, most: string | undefined): number | null {
  if (raw === null) return null;
  const from = numberOf(least) ?? 0;
  const to = numberOf(most) ?? 100;
  if (to <= from) return null;
  return Math.round(Math.min(1, Math.max(0, (raw - from) / (to - from))) * 100);
}

/**
 * What is shown and kept after a report: nothing that was reached is lost by opening the package again. The best score stays, as of a
 * quiz.
 */
export function keptResult(known: PackageResult | null, reported: PackageResult): PackageResult {
  if (!known) return reported;
  const rank = ({ status }: PackageResult): number => PACKAGE_STATUSES.indexOf(status);
  const isKept = isDone(known.status) && rank(known) > rank(reported);
  const scores = [known.scorePercent, reported.scorePercent].filter((score) => score !== null);
  return {
    status: isKept ? known.status : reported.status,
    scorePercent: scores.length > 0 ? Math.max(...scores) : null,
  };
}
