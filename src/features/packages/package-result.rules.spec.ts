import { keptResult, packageResult, type PackageResult } from './package-result.rules.js';

const of12 = (values: Record<string, string>, demands = {}, isFinished = false): PackageResult =>
  packageResult(
    { standard: 'SCORM_1_2', ...demands },
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`cmi.core.${name}`, value])),
    isFinished,
  );
const of2004 = (values: Record<string, string>, demands = {}, isFinished = false): PackageResult =>
  packageResult(
    { standard: 'SCORM_2004', ...demands },
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`cmi.${name}`, value])),
    isFinished,
  );

describe('what a package of SCORM 1.2 reports', () => {
  it.each([
    ['passed', 'PASSED'],
    ['completed', 'COMPLETED'],
    ['failed', 'FAILED'],
    ['incomplete', 'INCOMPLETE'],
    ['browsed', 'INCOMPLETE'],
    ['not attempted', 'INCOMPLETE'],
  ])('as %s is %s', (lesson_status, status) => {
    expect(of12({ lesson_status })).toEqual({ status, scorePercent: null });
  });

  it.each([
    ['completed', '79.5', 'FAILED'],
    ['completed', '80', 'PASSED'],
    ['passed', '10', 'FAILED'],
    ['failed', '95', 'PASSED'],
    ['incomplete', '95', 'INCOMPLETE'],
    ['completed', undefined, 'COMPLETED'],
  ])('as %s with a score of %s, where 80 is mastery, is %s', (lesson_status, raw, status) => {
    const values = { lesson_status, ...(raw && { 'score.raw': raw }) };
    expect(of12(values, { masteryPercent: 80 }).status).toBe(status);
  });

  it('is complete when it ends without a word, unless it is to be taken up again', () => {
    expect(of12({}).status).toBe('INCOMPLETE');
    expect(of12({}, {}, true).status).toBe('COMPLETED');
    for (const exit of ['suspend', 'logout', 'time-out'])
      expect(of12({ exit }, {}, true).status).toBe('INCOMPLETE');
    expect(of12({ lesson_status: 'incomplete' }, {}, true).status).toBe('INCOMPLETE');
    expect(of12({ 'score.raw': '50' }, { masteryPercent: 60 }, true).status).toBe('FAILED');
  });

  it.each([
    [{ 'score.raw': '12', 'score.min': '0', 'score.max': '20' }, 60],
    [{ 'score.raw': '33.4' }, 33],
    [{ 'score.raw': '250' }, 100],
    [{ 'score.raw': '-3' }, 0],
    [{ 'score.raw': '5', 'score.min': '5', 'score.max': '5' }, null],
    [{ 'score.raw': '' }, null],
  ])('scores %j as %s percent', (values, percent) => {
    expect(of12(values).scorePercent).toBe(percent);
  });
});

describe('what a package of SCORM 2004 reports', () => {
  it.each([
    ['completed', 'passed', 'PASSED'],
    ['completed', 'unknown', 'COMPLETED'],
    ['completed', 'failed', 'FAILED'],
    ['incomplete', 'passed', 'INCOMPLETE'],
    ['incomplete', 'failed', 'FAILED'],
    ['unknown', 'passed', 'PASSED'],
    ['not attempted', 'unknown', 'INCOMPLETE'],
    [undefined, undefined, 'INCOMPLETE'],
  ])('as %s and %s is %s', (completion_status, success_status, status) => {
    const values = {
      ...(completion_status && { completion_status }),
      ...(success_status && { success_status }),
    };
    expect(of2004(values).status).toBe(status);
  });

  it('is judged by the thresholds of its manifest', () => {
    const demands = { masteryPercent: 60, completionPercent: 90 };
    const values = { completion_status: 'completed', success_status: 'passed' };
    expect(of2004({ ...values, 'score.scaled': '0.59', progress_measure: '1' }, demands).status).toBe(
      'FAILED',
    );
    expect(of2004({ ...values, 'score.scaled': '0.6', progress_measure: '0.89' }, demands).status).toBe(
      'INCOMPLETE',
    );
    expect(of2004({ 'score.scaled': '0.6', progress_measure: '0.9' }, demands)).toEqual({
      status: 'PASSED',
      scorePercent: 60,
    });
  });

  it('is complete when it ends without a word', () => {
    expect(of2004({}, {}, true).status).toBe('COMPLETED');
    expect(of2004({ exit: 'suspend' }, {}, true).status).toBe('INCOMPLETE');
    expect(of2004({ 'score.scaled': '-0.5' }, {}, true)).toEqual({ status: 'COMPLETED', scorePercent: 0 });
  });
});

describe('what is kept of it', () => {
  const result = (status: PackageResult['status'], scorePercent: number | null): PackageResult => ({
    status,
    scorePercent,
  });
  it.each([
    [null, result('FAILED', 20), result('FAILED', 20)],
    [result('FAILED', 20), result('INCOMPLETE', null), result('INCOMPLETE', 20)],
    [result('COMPLETED', null), result('INCOMPLETE', null), result('COMPLETED', null)],
    [result('COMPLETED', 50), result('PASSED', 40), result('PASSED', 50)],
    [result('PASSED', 80), result('FAILED', 90), result('PASSED', 90)],
  ])('after %j and then %j is %j', (known, reported, kept) => {
    expect(keptResult(known, reported)).toEqual(kept);
  });

  it('is done at once for a page that reports nothing', () => {
    expect(packageResult({ standard: 'SCORM_1_2', isAsset: true }, {}, false).status).toBe('COMPLETED');
  });
});
