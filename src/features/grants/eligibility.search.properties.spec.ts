import fc from 'fast-check';
import {
  aBadge,
  aCourse,
  aFact,
  aWeekBefore,
  anAnswer,
  courseA,
  courseB,
  courseC,
  courseD,
  courseE,
  factsOf,
  review,
} from '../../../test/support/eligibility.builders.js';
import { conditionsOf, type Condition, type RuleNode } from './eligibility.conditions.js';
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

/** Rules whose conditions share facts and courses, so that the cheapest list has to be found among overlapping ones. */
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(courseA, courseB).map((courseId) => holds('x', courseId)),
  fc.constantFrom(['FR'], ['BE'], ['FR', 'BE']).map((countries) => countryIn('x', ...countries)),
  fc.constantFrom(2, 10).map((min) => headcount('x', min, '2020-01-01')),
  fc.constant<Condition>({ kind: 'TRADING_FOR', key: 'x', moreThanMonths: 12, at: '2025-02-28' }),
  fc.constant<Condition>({ kind: 'FOR_PROFIT', key: 'x' }),
  fc.constant(review('x')),
);
const rules = fc
  .letrec<{ node: RuleNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => all(...of)),
      fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => any(...of)),
      fc
        .array(tie('node'), { minLength: 3, maxLength: 4 })
        .map((of): RuleNode => ({ kind: 'AT_LEAST', n: 2, of })),
      tie('node').map((of): RuleNode => ({ kind: 'NOT', of })),
    ),
  }))
  .node.map((tree) => {
    const copy = JSON.parse(JSON.stringify(tree)) as RuleNode;
    conditionsOf(copy).forEach(({ condition }, index) => (condition.key = `c${index}`));
    return copy;
  })
  .filter(
    (tree) => conditionsOf(tree).filter(({ condition }) => condition.kind === 'HUMAN_REVIEW').length <= 3,
  );

const startingFacts = fc.record({
  business: fc.subarray([
    aFact('COUNTRY', 'FR'),
    aFact('FOR_PROFIT', false),
    aFact('HEADCOUNT', 5, '2019-06-01'),
  ]),
  training: fc
    .tuple(fc.constantFrom(20, 60), fc.constantFrom(20, 90))
    .map(([a, b]) => [aCourse(courseA, { minutesRemaining: a }), aCourse(courseB, { minutesRemaining: b })]),
  humanAnswers: fc.constant([]),
});

/** Rules about courses, and graphs of what each of them needs first. */
const courseRules = fc
  .letrec<{ node: RuleNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom(courseA, courseB, courseC, courseD).map((courseId) => holds('x', courseId)),
      fc.constant<Condition>({ kind: 'FOR_PROFIT', key: 'x' }),
      fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => all(...of)),
      fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((of) => any(...of)),
      fc
        .array(tie('node'), { minLength: 3, maxLength: 4 })
        .map((of): RuleNode => ({ kind: 'AT_LEAST', n: 2, of })),
    ),
  }))
  .node.map((tree) => {
    const copy = JSON.parse(JSON.stringify(tree)) as RuleNode;
    conditionsOf(copy).forEach(({ condition }, index) => (condition.key = `c${index}`));
    return copy;
  });

const courseGraphs = fc
  .tuple(
    fc.array(fc.constantFrom(5, 20, 45, 60), { minLength: 5, maxLength: 5 }),
    fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  )
  .map(([minutes, needs]) => {
    const ids = [courseA, courseB, courseC, courseD, courseE];
    let next = 0;
    return factsOf({
      training: ids.map((courseId, index) =>
        aCourse(courseId, {
          minutesRemaining: minutes[index]!,
          // Only of later ones: there is no circle.
          prerequisiteIds: ids.slice(index + 1).filter(() => needs[next++]),
        }),
      ),
    });
  });

/** Two hours before the close, so that both courses together may or may not fit. */
const soon: EvaluationInstant = { ...aWeekBefore, now: '2026-10-08T20:20:00Z' };

/** A thing a person may do, and the facts after it, one for every way it can turn out. */
interface Move {
  readonly minutes: number;
  readonly trainingMinutes: number;
  /** That is finished by it. */
  readonly course?: { courseId: string; prerequisiteIds: readonly string[] };
  readonly outcomes: ((facts: EligibilityFacts) => EligibilityFacts)[];
}

function movesFor(tree: RuleNode, facts: EligibilityFacts): Move[] {
  const state = (
    kind: Parameters<typeof aFact>[0],
    asOf: string,
    values: (string | number | boolean)[],
  ): Move => ({
    minutes: 2,
    trainingMinutes: 0,
    outcomes: values.map((value) => (f) => ({ ...f, business: [...f.business, aFact(kind, value, asOf)] })),
  });
  const conditions = conditionsOf(tree).map(({ condition }) => condition);
  const isAsked = (asking: Condition['kind'], kind: string): boolean =>
    conditions.some((condition) => condition.kind === asking) &&
    facts.business.every((fact) => fact.kind !== kind);
  const isNamed = (courseId: string): boolean =>
    conditions.some((condition) => condition.kind === 'HOLDS_BADGE' && condition.courseId === courseId);
  const courses = facts.training.filter(
    ({ courseId }) =>
      isNamed(courseId) || facts.training.some(({ prerequisiteIds }) => prerequisiteIds.includes(courseId)),
  );
  const finish = courses.map(({ courseId, minutesRemaining, prerequisiteIds }): Move => ({
    minutes: minutesRemaining,
    trainingMinutes: minutesRemaining,
    course: { courseId, prerequisiteIds },
    outcomes: [
      (f) => ({
        ...f,
        training: f.training.map((course) =>
          course.courseId === courseId
            ? { ...course, badges: [aBadge(soon.now)], minutesRemaining: 0, prerequisiteIds: [] }
            : { ...course, prerequisiteIds: course.prerequisiteIds.filter((id) => id !== courseId) },
        ),
      }),
    ],
  }));
  const reviews = conditions
    .filter(({ kind }) => kind === 'HUMAN_REVIEW')
    .map(({ key }): Move => ({
      minutes: 0,
      trainingMinutes: 0,
      outcomes: [true, false].map((yes) => (f) => ({
        ...f,
        humanAnswers: [...f.humanAnswers, anAnswer(key, yes)],
      })),
    }));
  return [
    ...(isAsked('COUNTRY_IN', 'COUNTRY') ? [state('COUNTRY', '2026-10-08', ['FR', 'BE', 'US'])] : []),
    ...(isAsked('FOR_PROFIT', 'FOR_PROFIT') ? [state('FOR_PROFIT', '2026-10-08', [true, false])] : []),
    ...(isAsked('HEADCOUNT_BETWEEN', 'HEADCOUNT') ? [state('HEADCOUNT', '2020-01-01', [1, 5, 20])] : []),
    ...(isAsked('TRADING_FOR', 'TRADING_SINCE')
      ? [state('TRADING_SINCE', '2025-02-28', ['2024-02-27', '2024-02-28'])]
      : []),
    ...finish,
    ...reviews,
  ];
}

/** Tries every set of moves with every way each can turn out, and asks the evaluator itself. */
function cheapestByTrial(tree: RuleNode, facts: EligibilityFacts): [count: number, minutes: number] | null {
  const moves = movesFor(tree, facts);
  let best: [number, number] | null = null;
  for (let set = 0; set < 1 << moves.length; set += 1) {
    const chosen = moves.filter((_, index) => set & (1 << index));
    const minutes = chosen.reduce((sum, move) => sum + move.minutes, 0);
    if (chosen.reduce((sum, move) => sum + move.trainingMinutes, 0) > 99) continue;
    const finished = chosen.map(({ course }) => course?.courseId);
    if (chosen.some(({ course }) => course?.prerequisiteIds.some((id) => !finished.includes(id)))) continue;
    if (best && (chosen.length > best[0] || (chosen.length === best[0] && minutes >= best[1]))) continue;
    const afters = chosen.reduce<EligibilityFacts[]>(
      (all, move) => all.flatMap((before) => move.outcomes.map((apply) => apply(before))),
      [facts],
    );
    if (afters.some((after) => evaluateEligibility(tree, after, soon).answer === 'YES'))
      best = [chosen.length, minutes];
  }
  return best;
}

describe('the shortest list of actions, whatever the rule', () => {
  it('no shorter list leads to YES, and the given one does: found by trying them all', () => {
    fc.assert(
      fc.property(rules, startingFacts, (tree, facts) => {
        const verdict = evaluateEligibility(tree, facts, soon);
        fc.pre(verdict.answer === 'NOT_YET' || verdict.answer === 'NEEDS_REVIEW');
        const given =
          verdict.minutesToEligible === null ? null : [verdict.actions.length, verdict.minutesToEligible];
        expect(given).toEqual(cheapestByTrial(tree, facts));
      }),
      { numRuns: 60 },
    );
  });

  it('so it is with what has to be completed before a course, which stands before it', () => {
    fc.assert(
      fc.property(courseRules, courseGraphs, (tree, facts) => {
        const verdict = evaluateEligibility(tree, facts, soon);
        fc.pre(verdict.answer === 'NOT_YET');
        const given =
          verdict.minutesToEligible === null ? null : [verdict.actions.length, verdict.minutesToEligible];
        expect(given).toEqual(cheapestByTrial(tree, facts));
        const ids = verdict.actions.flatMap((action) =>
          action.kind === 'FINISH_COURSE' ? [action.courseId] : [],
        );
        expect(new Set(ids).size).toBe(ids.length);
        for (const { courseId, prerequisiteIds } of facts.training) {
          if (!ids.includes(courseId)) continue;
          for (const id of prerequisiteIds) {
            expect(ids).toContain(id);
            expect(ids.indexOf(id)).toBeLessThan(ids.indexOf(courseId));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the same arguments give the same bytes, and are left as they were', () => {
    fc.assert(
      fc.property(rules, startingFacts, (tree, facts) => {
        const before = JSON.stringify([tree, facts]);
        const first = JSON.stringify(evaluateEligibility(tree, facts, soon));
        const copy = JSON.parse(before) as [RuleNode, EligibilityFacts];
        expect(JSON.stringify(evaluateEligibility(copy[0], copy[1], soon))).toBe(first);
        expect(JSON.stringify([tree, facts])).toBe(before);
        expect(JSON.parse(first)).toEqual(evaluateEligibility(tree, facts, soon));
      }),
    );
  });
});
