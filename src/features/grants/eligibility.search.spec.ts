import {
  aCourse,
  aFact,
  aWeekBefore,
  afterTheClose,
  courseA,
  courseB,
  courseC,
  courseD,
  courseE,
  factsOf,
  review,
} from '../../../test/support/eligibility.builders.js';
import type { EligibilityAction } from './eligibility.actions.js';
import type { Condition, RuleNode } from './eligibility.conditions.js';
import type { EligibilityFacts, EvaluationInstant } from './eligibility.facts.js';
import { evaluateEligibility } from './eligibility.rules.js';

const holds = (key: string, courseId: string): Condition => ({ kind: 'HOLDS_BADGE', key, courseId });
const countryIn = (key: string, ...countries: string[]): Condition => ({
  kind: 'COUNTRY_IN',
  key,
  countries,
});
const headcount = (key: string, min: number, asOf = 'CLOSE'): Condition => ({
  kind: 'HEADCOUNT_BETWEEN',
  key,
  min: { value: min, inclusive: true },
  asOf,
});
const all = (...of: RuleNode[]): RuleNode => ({ kind: 'ALL', of });
const any = (...of: RuleNode[]): RuleNode => ({ kind: 'ANY', of });

function actionsOf(
  tree: RuleNode,
  facts: Partial<EligibilityFacts> = {},
  at: EvaluationInstant = aWeekBefore,
): readonly EligibilityAction[] {
  return evaluateEligibility(tree, factsOf(facts), at).actions;
}

const named = (actions: readonly EligibilityAction[]): string[] =>
  actions.map((action) => `${action.kind} ${action.conditionKeys.join('+')}`);

describe('the shortest list of actions', () => {
  const training = [aCourse(courseA, { minutesRemaining: 90 }), aCourse(courseB, { minutesRemaining: 40 })];

  it('names a course once, however many conditions need it', () => {
    const within: Condition = { kind: 'HOLDS_BADGE', key: 'recent', courseId: courseA, withinMonths: 6 };
    expect(named(actionsOf(all(holds('ever', courseA), within), { training }))).toEqual([
      'FINISH_COURSE ever+recent',
    ]);
  });

  it('takes the cheapest of an ANY', () => {
    const tree = any(holds('a', courseA), holds('b', courseB), all(countryIn('c', 'FR'), headcount('h', 2)));
    expect(actionsOf(tree, { training })).toMatchObject([
      { kind: 'FINISH_COURSE', courseId: courseB, minutes: 40, before: aWeekBefore.closesAt },
    ]);
  });

  it('sees that a course needed anyway also serves the ANY', () => {
    const tree = all(holds('a', courseA), any(holds('b', courseB), holds('again', courseA)));
    expect(named(actionsOf(tree, { training }))).toEqual(['FINISH_COURSE a+again']);
  });

  it('counts the minutes of a course once when it weighs it against another', () => {
    const courses = [aCourse(courseA, { minutesRemaining: 90 }), aCourse(courseB, { minutesRemaining: 100 })];
    const tree = any(all(holds('a', courseA), holds('again', courseA)), holds('b', courseB));
    expect(actionsOf(tree, { training: courses })).toMatchObject([{ courseId: courseA, minutes: 90 }]);
  });

  it('puts facts first, then courses, then reviews', () => {
    const tree = all(review('shop'), holds('b', courseB), countryIn('c', 'FR'));
    const verdict = evaluateEligibility(tree, factsOf({ training }), aWeekBefore);
    expect(verdict.actions.map(({ kind }) => kind)).toEqual([
      'STATE_FACT',
      'FINISH_COURSE',
      'WAIT_FOR_REVIEW',
    ]);
    expect(verdict.minutesToEligible).toBe(42);
  });

  it('asks for the two missing of three', () => {
    const tree: RuleNode = {
      kind: 'AT_LEAST',
      n: 2,
      of: [holds('a', courseA), review('shop'), countryIn('c', 'FR')],
    };
    expect(named(actionsOf(tree, { training }))).toEqual(['STATE_FACT c', 'WAIT_FOR_REVIEW shop']);
  });

  it('does not count on one fact having two values', () => {
    const tree: RuleNode = {
      kind: 'AT_LEAST',
      n: 2,
      of: [countryIn('france', 'FR'), countryIn('belgium', 'BE'), holds('b', courseB)],
    };
    expect(named(actionsOf(tree, { training }))).toEqual(['STATE_FACT france+belgium', 'FINISH_COURSE b']);
    expect(
      actionsOf(all(countryIn('france', 'FR'), { kind: 'NOT', of: countryIn('eu', 'FR', 'BE') })),
    ).toEqual([]);
  });

  it('asks for a fact as of the date the rule names, and as of today when that is still to come', () => {
    const tree = all(headcount('then', 2, '2020-01-01'), headcount('at-close', 2));
    expect(actionsOf(tree)).toMatchObject([
      { factKind: 'HEADCOUNT', asOf: '2020-01-01' },
      { factKind: 'HEADCOUNT', asOf: '2026-10-01' },
    ]);
  });

  it('offers nothing when two courses fit one by one but not together', () => {
    const at = { ...aWeekBefore, now: '2026-10-08T20:29:59Z' };
    const both = all(holds('a', courseA), holds('b', courseB));
    const verdict = evaluateEligibility(both, factsOf({ training }), at);
    expect(verdict).toMatchObject({ answer: 'NOT_YET', actions: [], minutesToEligible: null });
    const earlier = { ...at, now: '2026-10-08T19:49:59Z' };
    expect(evaluateEligibility(both, factsOf({ training }), earlier).minutesToEligible).toBe(130);
  });

  it('asks nobody to leave a course unfinished', () => {
    const verdict = evaluateEligibility(
      { kind: 'NOT', of: holds('a', courseA) },
      factsOf({ training }),
      aWeekBefore,
    );
    expect(verdict).toMatchObject({ answer: 'NOT_YET', actions: [], minutesToEligible: null });
  });

  it('after the close still asks for facts, without a deadline, and for no course', () => {
    const tree = any(holds('a', courseA), countryIn('c', 'FR'));
    expect(actionsOf(tree, { training }, afterTheClose)).toMatchObject([
      { kind: 'STATE_FACT', asOf: '2026-10-08', before: null },
    ]);
  });

  it('is empty for YES and NO', () => {
    const facts = factsOf({ business: [aFact('COUNTRY', 'FR')] });
    const yes = evaluateEligibility(countryIn('c', 'FR'), facts, aWeekBefore);
    const no = evaluateEligibility(countryIn('c', 'BE'), facts, aWeekBefore);
    expect([yes.actions, yes.minutesToEligible]).toEqual([[], 0]);
    expect([no.actions, no.minutesToEligible]).toEqual([[], null]);
  });

  describe('of courses with prerequisites', () => {
    const [basics, photos] = [courseC, courseD];
    const withPrerequisites = [
      aCourse(courseA, { courseSlug: 'a', minutesRemaining: 90, prerequisiteIds: [photos, basics] }),
      aCourse(courseB, { courseSlug: 'b', minutesRemaining: 40, prerequisiteIds: [photos] }),
      aCourse(photos, { courseSlug: 'photos', minutesRemaining: 20, prerequisiteIds: [basics] }),
      aCourse(basics, { courseSlug: 'basics', minutesRemaining: 10 }),
    ];
    const slugs = (actions: readonly EligibilityAction[]): string[] =>
      actions.map((action) => (action.kind === 'FINISH_COURSE' ? action.courseSlug : action.kind));

    it('names each once, in an order in which they can be taken, and says what for', () => {
      const both = all(holds('a', courseA), holds('b', courseB));
      const verdict = evaluateEligibility(both, factsOf({ training: withPrerequisites }), aWeekBefore);
      expect(slugs(verdict.actions)).toEqual(['basics', 'photos', 'a', 'b']);
      expect(verdict.minutesToEligible).toBe(160);
      const requiredBy = verdict.actions.map((action) =>
        action.kind === 'FINISH_COURSE' ? action.requiredBy?.map(({ courseSlug }) => courseSlug) : null,
      );
      expect(requiredBy).toEqual([['a', 'photos'], ['a', 'b'], undefined, undefined]);
      expect(verdict.conditions.map(({ evidence }) => evidence[0]?.value)).toEqual([120, 70]);
    });

    it('weighs a course with what comes before it', () => {
      const either = any(holds('b', courseB), holds('e', courseE));
      const other = aCourse(courseE, { courseSlug: 'e', minutesRemaining: 100 });
      expect(slugs(actionsOf(either, { training: [...withPrerequisites, other] }))).toEqual(['e']);
    });

    it('knows that there is no time for a course together with what comes before it', () => {
      const at = { ...aWeekBefore, now: '2026-10-08T21:00:00Z' }; // for b alone there is
      const late = evaluateEligibility(holds('b', courseB), factsOf({ training: withPrerequisites }), at);
      expect(late).toMatchObject({ answer: 'NO', conditions: [{ reason: 'TRAINING_TOO_LATE' }] });
      const entered = withPrerequisites.map((course) => ({ ...course, prerequisiteIds: [] }));
      expect(slugs(actionsOf(holds('b', courseB), { training: entered }, at))).toEqual(['b']);
    });

    it('knows that a course cannot be taken when one before it cannot', () => {
      const training = withPrerequisites.map((course) =>
        course.courseId === basics ? { ...course, available: false } : course,
      );
      expect(
        evaluateEligibility(holds('b', courseB), factsOf({ training }), aWeekBefore).conditions[0],
      ).toMatchObject({ result: 'FALSE', reason: 'COURSE_UNAVAILABLE' });
    });
  });

  it('answers a rule of 100 nodes within two seconds', () => {
    const groups = Array.from({ length: 9 }, (_, group): RuleNode => ({
      kind: 'AT_LEAST',
      n: 5,
      of: Array.from({ length: 10 }, (_, index) =>
        headcount(`h${group}-${index}`, 2, `20${10 + group}-01-0${(index % 9) + 1}`),
      ),
    }));
    const start = performance.now();
    const { actions } = evaluateEligibility({ kind: 'AT_LEAST', n: 5, of: groups }, factsOf({}), aWeekBefore);
    expect(actions.length).toBeGreaterThanOrEqual(20);
    expect(actions.length).toBeLessThanOrEqual(25);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
