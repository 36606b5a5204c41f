import * as runtime12 from 'scorm-again/scorm12';
import * as runtime2004 from 'scorm-again/scorm2004';
import { launchValues } from '../../src/features/packages/package-launch.rules.js';

type Named<N extends string> = Record<`LMS${N}` | N, (name: string, value?: string) => string>;
interface Runtime extends Named<'Initialize' | 'GetValue' | 'SetValue'>, Named<'Finish' | 'Terminate'> {
  loadFromFlattenedJSON(values: Record<string, string>): void;
}
type Runtimes = Record<'Scorm12API' | 'Scorm2004API', new (settings: object) => Runtime>;

// Its types say that they are default exports without parents; its programs export them by name, with what they inherit.
const { Scorm12API } = runtime12 as unknown as Runtimes;
const { Scorm2004API } = runtime2004 as unknown as Runtimes;

/** What the player of packages uses, as it uses it, so that an update of it which reads otherwise is seen. */
describe('the runtime that packages find', () => {
  const opened = (values: Record<string, string>) => ({
    values,
    totalSeconds: 3_725,
    entry: 'resume' as const,
  });
  const learner = { id: 'e1', name: 'Ana', isRecorded: true };
  const content = { file: '', launch: '', masteryPercent: 72.5, completionPercent: 90, launchData: 'a=1' };
  const settings = { autocommit: false, logLevel: 5, lmsCommitUrl: false };

  it('of SCORM 1.2 reads back what was kept, and what it is told', () => {
    const kept = {
      'cmi.core.lesson_location': '4',
      'cmi.core.lesson_status': 'completed',
      'cmi.core.score.raw': '40',
      'cmi.core.score.max': '100',
      'cmi.suspend_data': 'x'.repeat(64_000),
      'cmi.objectives.0.id': 'o',
      'cmi.objectives.0.status': 'passed',
      'cmi.student_preference.audio': '1',
    };
    const interactions = { 'cmi.interactions.0.id': 'q', 'cmi.interactions.1.id': 'r' };
    const values = launchValues(
      { ...content, standard: 'SCORM_1_2' },
      opened({ ...kept, ...interactions }),
      learner,
    );
    const api = new Scorm12API(settings);
    api.loadFromFlattenedJSON(values);
    expect(api.LMSInitialize('')).toBe('true');
    const { 'cmi.core.total_time': total, ...told } = values;
    expect(total).toBe('0001:02:05');
    expect(api.LMSGetValue('cmi.core.total_time')).toBe('01:02:05');
    // Interactions are only written in SCORM 1.2; how many there are is read, to go on behind them.
    for (const [name, value] of Object.entries(told))
      if (!(name in interactions)) expect({ name, value: api.LMSGetValue(name) }).toEqual({ name, value });
    expect(api.LMSGetValue('cmi.interactions._count')).toBe('2');
    expect(api.LMSSetValue('cmi.interactions.2.id', 's')).toBe('true');
    expect(api.LMSFinish('')).toBe('true');
  });

  it('of SCORM 2004 reads back what was kept, and what it is told', () => {
    const interactions = Array.from({ length: 12 }, (_, index) => [
      [`cmi.interactions.${index}.type`, 'choice'],
      [`cmi.interactions.${index}.id`, `q${index}`],
      [`cmi.interactions.${index}.correct_responses.0.pattern`, 'a'],
      [`cmi.interactions.${index}.learner_response`, 'a'],
    ]).flat();
    const kept = {
      'cmi.location': '3',
      'cmi.completion_status': 'incomplete',
      'cmi.success_status': 'failed',
      'cmi.score.scaled': '0.4',
      'cmi.progress_measure': '0.5',
      'cmi.suspend_data': 'x'.repeat(64_000),
      'cmi.objectives.1.id': 'o1',
      'cmi.objectives.0.success_status': 'passed',
      'cmi.objectives.0.id': 'o0',
      ...(Object.fromEntries(interactions) as Record<string, string>),
    };
    const values = launchValues({ ...content, standard: 'SCORM_2004' }, opened(kept), learner);
    const api = new Scorm2004API(settings);
    api.loadFromFlattenedJSON(values);
    expect(api.Initialize('')).toBe('true');
    for (const [name, value] of Object.entries(values))
      expect({ name, value: api.GetValue(name) }).toEqual({ name, value });
    expect(api.SetValue('cmi.interactions.12.id', 'q12')).toBe('true');
    expect(api.SetValue('cmi.objectives.2.id', 'o2')).toBe('true');
    expect(api.Terminate('')).toBe('true');
  });
});
