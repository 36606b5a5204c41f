import type { PackageContent } from '../catalog/course-content.js';
import type { PackageStandard, PackageValues } from './package-elements.rules.js';
import type { PackageStatus } from './package-result.rules.js';

/** What is known of a learner's work when a package is opened. */
export interface KnownWork {
  values: PackageValues;
  status: PackageStatus;
  isFinished: boolean;
  /** Of all earlier sessions, in seconds. */
  totalSeconds: number;
}

/** Work as a session begins with it: what the last one left is settled. */
export interface OpenedWork {
  values: PackageValues;
  totalSeconds: number;
  /** What `entry` says: taken up again, begun, or neither. */
  entry: 'resume' | 'ab-initio' | '';
}

const NAMES = {
  SCORM_1_2: { exit: 'cmi.core.exit', time: 'cmi.core.session_time' },
  SCORM_2004: { exit: 'cmi.exit', time: 'cmi.session_time' },
} as const;

/**
 * Settles the session before: its time is added to the total, and its exit decides how the next one begins. What was broken off counts
 * as suspended. SCORM 2004 begins a new attempt after one that ended for good (run-time environment, section 2.1); where that was no
 * result yet its data is kept all the same, because to the learner it is one piece of work.
 */
export function openWork(standard: PackageStandard, known: KnownWork | null): OpenedWork {
  if (!known) return { values: {}, totalSeconds: 0, entry: 'ab-initio' };
  const { exit: exitName, time: timeName } = NAMES[standard];
  const { [exitName]: exit, [timeName]: time, ...kept } = known.values;
  const totalSeconds = known.totalSeconds + (time === undefined ? 0 : secondsOf(standard, time));
  const isResumed = !known.isFinished || exit === 'suspend' || exit === 'logout';
  if (isResumed) return { values: kept, totalSeconds, entry: 'resume' };
  const isNewAttempt = standard === 'SCORM_2004' && known.status !== 'INCOMPLETE';
  return isNewAttempt
    ? { values: {}, totalSeconds: 0, entry: 'ab-initio' }
    : { values: kept, totalSeconds, entry: '' };
}

/** Whom a package is opened for. */
export interface PackageLearner {
  /** Names the learner to the package, and nobody else. */
  id: string;
  name: string;
  /** Nothing is recorded of who only looks at it. */
  isRecorded: boolean;
}

/** All that a package can read when it begins, by the names of the elements: what it set before, and what it is told. */
export function launchValues(
  { standard, masteryPercent, completionPercent, launchData }: PackageContent,
  { values, totalSeconds, entry }: OpenedWork,
  { id, name, isRecorded }: PackageLearner,
): PackageValues {
  const credit = isRecorded ? 'credit' : 'no-credit';
  const total = timeOf(standard, totalSeconds);
  const said = launchData === undefined ? {} : { 'cmi.launch_data': launchData };
  const share = (percent: number | undefined): string | undefined =>
    percent === undefined ? undefined : String(percent / 100);
  const told: Record<string, string | undefined> =
    standard === 'SCORM_1_2'
      ? {
          'cmi.core.student_id': id,
          'cmi.core.student_name': name,
          'cmi.core.credit': credit,
          'cmi.core.lesson_mode': 'normal',
          'cmi.core.entry': entry,
          'cmi.core.total_time': total,
          'cmi.student_data.mastery_score': masteryPercent === undefined ? undefined : String(masteryPercent),
        }
      : {
          'cmi.learner_id': id,
          'cmi.learner_name': name,
          'cmi.credit': credit,
          'cmi.mode': 'normal',
          'cmi.entry': entry,
          'cmi.total_time': total,
          'cmi.scaled_passing_score': share(masteryPercent),
          'cmi.completion_threshold': share(completionPercent),
        };
  const known = Object.entries({ ...values, ...said, ...told });
  return Object.fromEntries(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A month counts 30 days and a year 365: packages write hours and minutes. */
const INTERVAL_SECONDS = [31_536_000, 2_592_000, 86_400, 3_600, 60, 1];

function secondsOf(standard: PackageStandard, time: string): number {
  const parts =
    standard === 'SCORM_1_2'
      ? ['0', '0', '0', ...time.split(':')]
      : /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(time)!.slice(1);
  const seconds = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * INTERVAL_SECONDS[index]!, 0);
  return Math.min(Math.round(seconds), MOST_SECONDS);
}

/** `9999:59:59`, the most that SCORM 1.2 can say. */
const MOST_SECONDS = 35_999_999;

function timeOf(standard: PackageStandard, total: number): string {
  const seconds = Math.min(total, MOST_SECONDS);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (standard === 'SCORM_2004') return `PT${parts[0]}H${parts[1]}M${parts[2]}S`;
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join(':');
}
