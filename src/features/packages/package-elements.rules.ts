import type { PackageContent } from '../catalog/course-content.js';

export type PackageStandard = PackageContent['standard'];

/** What a package set, by the name of the element (`cmi.core.lesson_status`): its run-time data. */
export type PackageValues = Record<string, string>;

/** UTF-16 units of all names and values of one package together; beyond it nothing more is kept. */
export const MOST_UNITS = 250_000;

type Check = (value: string) => boolean;

/** PostgreSQL's text takes no NUL, and UTF-8 no lone surrogate. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const text =
  (most: number): Check =>
  (value) =>
    value.length <= most;
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value);
const decimal: Check = (value) => value === '' || /^-?\d{1,9}(\.\d{1,10})?$/.test(value);
const from =
  (least: number, most: number): Check =>
  (value) =>
    value === '' || (decimal(value) && Number(value) >= least && Number(value) <= most);
/** `HHHH:MM:SS.SS` */
const timespan: Check = (value) => /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/.test(value);
/** ISO 8601, as SCORM 2004 narrows it. */
const timeInterval: Check = (value) =>
  /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/.test(value) && value.length <= 50;

/** Where the specification asks for 4,096, packages of today keep more: as much as SCORM 2004 does. */
const SUSPEND_DATA = text(64_000);
const SHORT = text(250);
const LONG = text(4_096);

/**
 * Elements that a package may set (SCORM 1.2 run-time environment, section 3.4.4; SCORM 2004 4th Edition, section 4.2). `n` stands for
 * an index of up to three digits.
 */
const ELEMENTS: Readonly<Record<PackageStandard, Record<string, Check>>> = {
  SCORM_1_2: {
    'cmi.core.lesson_location': text(1_000),
    'cmi.core.lesson_status': oneOf(
      'passed',
      'completed',
      'failed',
      'incomplete',
      'browsed',
      'not attempted',
    ),
    'cmi.core.score.raw': decimal,
    'cmi.core.score.min': decimal,
    'cmi.core.score.max': decimal,
    'cmi.core.exit': oneOf('time-out', 'suspend', 'logout', ''),
    'cmi.core.session_time': timespan,
    'cmi.suspend_data': SUSPEND_DATA,
    'cmi.comments': LONG,
    'cmi.objectives.n.id': SHORT,
    'cmi.objectives.n.score.raw': decimal,
    'cmi.objectives.n.score.min': decimal,
    'cmi.objectives.n.score.max': decimal,
    'cmi.objectives.n.status': SHORT,
    'cmi.student_preference.audio': decimal,
    'cmi.student_preference.language': SHORT,
    'cmi.student_preference.speed': decimal,
    'cmi.student_preference.text': decimal,
    'cmi.interactions.n.id': SHORT,
    'cmi.interactions.n.objectives.n.id': SHORT,
    'cmi.interactions.n.time': SHORT,
    'cmi.interactions.n.type': SHORT,
    'cmi.interactions.n.correct_responses.n.pattern': LONG,
    'cmi.interactions.n.weighting': decimal,
    'cmi.interactions.n.student_response': LONG,
    'cmi.interactions.n.result': SHORT,
    'cmi.interactions.n.latency': SHORT,
  },
  SCORM_2004: {
    'cmi.completion_status': oneOf('completed', 'incomplete', 'not attempted', 'unknown'),
    'cmi.success_status': oneOf('passed', 'failed', 'unknown'),
    'cmi.progress_measure': from(0, 1),
    'cmi.score.scaled': from(-1, 1),
    'cmi.score.raw': decimal,
    'cmi.score.min': decimal,
    'cmi.score.max': decimal,
    'cmi.exit': oneOf('time-out', 'suspend', 'logout', 'normal', ''),
    'cmi.session_time': timeInterval,
    'cmi.location': text(1_000),
    'cmi.suspend_data': SUSPEND_DATA,
    'cmi.comments_from_learner.n.comment': LONG,
    'cmi.comments_from_learner.n.location': SHORT,
    'cmi.comments_from_learner.n.timestamp': SHORT,
    'cmi.objectives.n.id': LONG,
    'cmi.objectives.n.score.scaled': from(-1, 1),
    'cmi.objectives.n.score.raw': decimal,
    'cmi.objectives.n.score.min': decimal,
    'cmi.objectives.n.score.max': decimal,
    'cmi.objectives.n.success_status': SHORT,
    'cmi.objectives.n.completion_status': SHORT,
    'cmi.objectives.n.progress_measure': from(0, 1),
    'cmi.objectives.n.description': SHORT,
    'cmi.learner_preference.audio_level': decimal,
    'cmi.learner_preference.language': SHORT,
    'cmi.learner_preference.delivery_speed': decimal,
    'cmi.learner_preference.audio_captioning': SHORT,
    'cmi.interactions.n.id': LONG,
    'cmi.interactions.n.type': SHORT,
    'cmi.interactions.n.objectives.n.id': LONG,
    'cmi.interactions.n.timestamp': SHORT,
    'cmi.interactions.n.correct_responses.n.pattern': LONG,
    'cmi.interactions.n.weighting': decimal,
    'cmi.interactions.n.learner_response': LONG,
    'cmi.interactions.n.result': SHORT,
    'cmi.interactions.n.latency': SHORT,
    'cmi.interactions.n.description': SHORT,
  },
};

/** Of what was sent, what may be kept; and the names of the elements that may not, cut so that they can be shown. */
export function acceptedValues(
  standard: PackageStandard,
  sent: Readonly<Record<string, string>>,
): { values: PackageValues; refused: string[] } {
  const elements = ELEMENTS[standard];
  const values: PackageValues = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const general = name.replace(/\.\d{1,3}(?=\.|$)/g, '.n');
    const check = Object.hasOwn(elements, general) ? elements[general] : undefined;
    if (check?.(value) && !UNSTORABLE.test(value)) values[name] = value;
    else refused.push(name.slice(0, 100));
  }
  return { values, refused };
}

/** UTF-16 units of names and values. */
export const sizeOf = (values: PackageValues): number =>
  Object.entries(values).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
