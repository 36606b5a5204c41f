import { launchValues, openWork, type KnownWork } from './package-launch.rules.js';
import { acceptedValues } from './package-elements.rules.js';

const known = (values: Record<string, string>, more: Partial<KnownWork> = {}): KnownWork => ({
  values,
  status: 'INCOMPLETE',
  isFinished: true,
  totalSeconds: 100,
  ...more,
});

describe('a package that is opened', () => {
  it('begins where nothing is known', () => {
    expect(openWork('SCORM_1_2', null)).toEqual({ values: {}, totalSeconds: 0, entry: 'ab-initio' });
  });

  it('is resumed after it was suspended, with the time of the session added', () => {
    const values = {
      'cmi.core.exit': 'suspend',
      'cmi.core.session_time': '0001:02:03.5',
      'cmi.suspend_data': 'x',
    };
    expect(openWork('SCORM_1_2', known(values))).toEqual({
      values: { 'cmi.suspend_data': 'x' },
      totalSeconds: 100 + 3_600 + 120 + 4,
      entry: 'resume',
    });
    const of2004 = { 'cmi.exit': 'suspend', 'cmi.session_time': 'P1DT2H30M1.4S' };
    expect(openWork('SCORM_2004', known(of2004)).totalSeconds).toBe(100 + 86_400 + 7_200 + 1_800 + 1);
  });

  it('is resumed after it was broken off, whatever it said before', () => {
    const broken = known({ 'cmi.exit': 'normal', 'cmi.location': '4' }, { isFinished: false });
    expect(openWork('SCORM_2004', broken)).toMatchObject({
      values: { 'cmi.location': '4' },
      entry: 'resume',
    });
  });

  it('is neither begun nor resumed after it ended for good', () => {
    const ended = known({ 'cmi.core.lesson_status': 'passed', 'cmi.core.exit': '' }, { status: 'PASSED' });
    expect(openWork('SCORM_1_2', ended)).toMatchObject({
      values: { 'cmi.core.lesson_status': 'passed' },
      entry: '',
    });
  });

  it('is a new attempt in SCORM 2004 once there was a result, and the same work until then', () => {
    const values = { 'cmi.exit': 'normal', 'cmi.location': '4' };
    for (const status of ['FAILED', 'COMPLETED', 'PASSED'] as const)
      expect(openWork('SCORM_2004', known(values, { status }))).toEqual({
        values: {},
        totalSeconds: 0,
        entry: 'ab-initio',
      });
    expect(openWork('SCORM_2004', known(values))).toMatchObject({
      values: { 'cmi.location': '4' },
      entry: '',
    });
  });

  it('is told who learns, and what its manifest asks', () => {
    const content = { file: '', launch: '', masteryPercent: 72.5, completionPercent: 90, launchData: 'a=1' };
    const opened = { values: { 'cmi.suspend_data': 'x' }, totalSeconds: 3_725, entry: 'resume' } as const;
    const learner = { id: 'e1', name: 'Ana', isRecorded: true };
    expect(launchValues({ ...content, standard: 'SCORM_1_2' }, opened, learner)).toEqual({
      'cmi.suspend_data': 'x',
      'cmi.core.student_id': 'e1',
      'cmi.core.student_name': 'Ana',
      'cmi.core.credit': 'credit',
      'cmi.core.lesson_mode': 'normal',
      'cmi.core.entry': 'resume',
      'cmi.core.total_time': '0001:02:05',
      'cmi.student_data.mastery_score': '72.5',
      'cmi.launch_data': 'a=1',
    });
    expect(
      launchValues({ ...content, standard: 'SCORM_2004' }, opened, { ...learner, isRecorded: false }),
    ).toEqual({
      'cmi.suspend_data': 'x',
      'cmi.learner_id': 'e1',
      'cmi.learner_name': 'Ana',
      'cmi.credit': 'no-credit',
      'cmi.mode': 'normal',
      'cmi.entry': 'resume',
      'cmi.total_time': 'PT1H2M5S',
      'cmi.scaled_passing_score': '0.725',
      'cmi.completion_threshold': '0.9',
      'cmi.launch_data': 'a=1',
    });
  });
});

describe('what a package may set', () => {
  it('is what its standard names, as long as that allows', () => {
    const values = {
      'cmi.core.lesson_status': 'passed',
      'cmi.suspend_data': 's'.repeat(64_000),
      'cmi.interactions.12.objectives.0.id': 'o',
      'cmi.core.score.raw': '',
      'cmi.core.session_time': '0000:01:02.33',
    };
    expect(acceptedValues('SCORM_1_2', values)).toEqual({ values, refused: [] });
    expect(
      acceptedValues('SCORM_2004', { 'cmi.score.scaled': '-1', 'cmi.session_time': 'PT1H0.5S' }).refused,
    ).toEqual([]);
  });

  it.each([
    ['SCORM_1_2', 'cmi.core.lesson_status', 'PASSED'],
    ['SCORM_1_2', 'cmi.core.total_time', '0000:01:00'],
    ['SCORM_1_2', 'cmi.core.student_id', 'somebody'],
    ['SCORM_1_2', 'cmi.suspend_data', 's'.repeat(64_001)],
    ['SCORM_1_2', 'cmi.suspend_data', '\u0000'],
    ['SCORM_1_2', 'cmi.suspend_data', '\ud800'],
    ['SCORM_1_2', 'cmi.core.score.raw', '1e9'],
    ['SCORM_1_2', 'cmi.core.session_time', '1 hour'],
    ['SCORM_1_2', 'cmi.completion_status', 'completed'],
    ['SCORM_1_2', '__proto__', 'x'],
    ['SCORM_1_2', 'constructor', 'x'],
    ['SCORM_2004', 'cmi.score.scaled', '1.01'],
    ['SCORM_2004', 'cmi.session_time', 'P'],
    ['SCORM_2004', 'cmi.session_time', 'PT'],
    ['SCORM_2004', 'cmi.interactions.1000.id', 'x'],
  ] as const)('is in %s not %s as %j', (standard, name, value) => {
    const { values, refused } = acceptedValues(
      standard,
      JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`),
    );
    expect({ values, refused }).toEqual({ values: {}, refused: [name] });
  });
});
