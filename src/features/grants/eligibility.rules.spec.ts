import fc from 'fast-check';
import {
  aBadge,
  aCourse,
  aFact,
  aWeekBefore,
  afterTheClose,
  anAnswer,
  answerTo,
  courseA,
  factsOf,
  review,
} from '../../../test/support/eligibility.builders.js';
import { conditionsOf, type Condition, type RuleNode } from './eligibility.conditions.js';
import type { EligibilityFacts, EvaluationInstant } from './eligibility.facts.js';
import type { Kleene } from './eligibility.judgement.js';
import { evaluateEligibility, kleeneAtLeast, kleeneNot } from './eligibility.rules.js';

const values: readonly Kleene[] = ['TRUE', 'FALSE', 'OPEN'];
const triples = values.flatMap((a) => values.flatMap((b) => values.map((c) => [a, b, c] as const)));

/** What remains possible when every OPEN becomes TRUE or FALSE: the meaning that the operators must agree with. */
function byCases(results: readonly Kleene[], holds: (settled: boolean[]) => boolean): Kleene {
  const settlements = results.reduce<boolean[][]>(
    (all, value) =>
      all.flatMap((settled) =>
        (value === 'OPEN' ? [true, false] : [value === 'TRUE']).map((next) => [...settled, next]),
      ),
    [[]],
  );
  const outcomes = new Set(settlements.map(holds));
  return outcomes.size === 2 ? 'OPEN' : outcomes.has(true) ? 'TRUE' : 'FALSE';
}

/** Whether the rule over three reviews has the result that these values give it, told by its answer. */
function answerOver(tree: RuleNode, results: readonly Kleene[]): Kleene {
  const humanAnswers = results.flatMap((value, index) =>
    value === 'OPEN' ? [] : [anAnswer(`r${index}`, value === 'TRUE')],
  );
  const answer = answerTo(tree, { humanAnswers });
  return answer === 'YES' ? 'TRUE' : answer === 'NO' ? 'FALSE' : 'OPEN';
}

describe('Kleene operators, all 27 combinations of three values', () => {
  const three = [review('r0'), review('r1'), review('r2')];
  const count = (settled: boolean[]): number => settled.filter(Boolean).length;

  it.each(triples)('%s, %s, %s', (...results) => {
    expect(answerOver({ kind: 'ALL', of: three }, results)).toBe(byCases(results, (s) => count(s) === 3));
    expect(answerOver({ kind: 'ANY', of: three }, results)).toBe(byCases(results, (s) => count(s) > 0));
    for (const n of [1, 2, 3]) {
      const expected = byCases(results, (s) => count(s) >= n);
      expect(kleeneAtLeast(n, results)).toBe(expected);
      expect(answerOver({ kind: 'AT_LEAST', n, of: three }, results)).toBe(expected);
      const not: RuleNode = { kind: 'NOT', of: { kind: 'AT_LEAST', n, of: three } };
      expect(answerOver(not, results)).toBe(byCases(results, (s) => count(s) < n));
    }
  });

  it('NOT of OPEN is OPEN', () => {
    expect(values.map(kleeneNot)).toEqual(['FALSE', 'TRUE', 'OPEN']);
    expect(values.map((value) => answerOver({ kind: 'NOT', of: review('r0') }, [value]))).toEqual([
      'FALSE',
      'TRUE',
      'OPEN',
    ]);
  });
});

const badge: Condition = { kind: 'HOLDS_BADGE', key: 'badge', courseId: courseA };
const country: Condition = { kind: 'COUNTRY_IN', key: 'country', countries: ['FR'] };
const training = [aCourse(courseA)];

describe('the four answers', () => {
  const both: RuleNode = { kind: 'ALL', of: [badge, review('shop')] };
  const held = [aCourse(courseA, { badges: [aBadge('2026-09-01T00:00:00Z')] })];

  it('is YES when the rule is met', () => {
    const humanAnswers = [anAnswer('shop', true)];
    expect(answerTo(both, { training: held, humanAnswers })).toBe('YES');
  });

  it('is NO when no open condition can save it', () => {
    expect(answerTo(both, { training, humanAnswers: [anAnswer('shop', false)] })).toBe('NO');
    expect(answerTo(both, { training }, afterTheClose)).toBe('NO');
  });

  it('is NEEDS_REVIEW when only a review is open', () => {
    expect(answerTo(both, { training: held })).toBe('NEEDS_REVIEW');
  });

  it('is NOT_YET when training is open beside the review', () => {
    expect(answerTo(both, { training })).toBe('NOT_YET');
  });

  it('is NEEDS_REVIEW when what else is open no longer matters', () => {
    const tree: RuleNode = {
      kind: 'ALL',
      of: [{ kind: 'ANY', of: [country, badge] }, review('shop')],
    };
    expect(answerTo(tree, { training, business: [aFact('COUNTRY', 'FR')] })).toBe('NEEDS_REVIEW');
    expect(answerTo(tree, { training, business: [aFact('COUNTRY', 'BE')] })).toBe('NOT_YET');
  });

  it('after the close unfinished training is FALSE, and a rule that forbids the badge is met', () => {
    expect(answerTo({ kind: 'NOT', of: badge }, { training })).toBe('NOT_YET');
    expect(answerTo({ kind: 'NOT', of: badge }, { training }, afterTheClose)).toBe('YES');
  });
});

describe('the explanation', () => {
  it('gives every condition its place, its own result and whether it still matters', () => {
    const tree: RuleNode = {
      kind: 'ALL',
      of: [
        { kind: 'ANY', of: [country, badge] },
        { kind: 'NOT', of: { kind: 'ANY', of: [review('chain'), { kind: 'NOT', of: review('shop') }] } },
      ],
    };
    const verdict = evaluateEligibility(
      tree,
      factsOf({ training, business: [aFact('COUNTRY', 'FR')] }),
      aWeekBefore,
    );
    expect(
      verdict.conditions.map(({ key, path, negated, result, decisive }) => [
        key,
        path,
        negated,
        result,
        decisive,
      ]),
    ).toEqual([
      ['country', 'rule.of[0].of[0]', false, 'TRUE', false],
      ['badge', 'rule.of[0].of[1]', false, 'OPEN', false],
      ['chain', 'rule.of[1].of.of[0]', true, 'OPEN', true],
      ['shop', 'rule.of[1].of.of[1].of', false, 'OPEN', true],
    ]);
  });

  it('of a NO points at what made it so', () => {
    const tree: RuleNode = { kind: 'ALL', of: [country, badge, review('shop')] };
    const facts = factsOf({ training, business: [aFact('COUNTRY', 'BE')] });
    const decisive = evaluateEligibility(tree, facts, aWeekBefore).conditions.filter((c) => c.decisive);
    expect(decisive.map(({ key }) => key)).toEqual(['country']);
  });
});

const MOST_REVIEWS = 60;

/** Trees over reviews r0, r1, ... each used once. */
const trees: fc.Arbitrary<RuleNode> = fc
  .letrec<{ node: RuleNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constant<RuleNode>(review('x')),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of): RuleNode => ({ kind: 'ALL', of })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((of): RuleNode => ({ kind: 'ANY', of })),
      fc
        .array(tie('node'), { minLength: 1, maxLength: 4 })
        .chain((of) =>
          fc.integer({ min: 1, max: of.length }).map((n): RuleNode => ({ kind: 'AT_LEAST', n, of })),
        ),
      tie('node').map((of): RuleNode => ({ kind: 'NOT', of })),
    ),
  }))
  .node.map((tree) => {
    const copy = JSON.parse(JSON.stringify(tree)) as RuleNode;
    conditionsOf(copy).forEach(({ condition }, index) => (condition.key = `r${index}`));
    return copy;
  })
  .filter((tree) => conditionsOf(tree).length <= MOST_REVIEWS);

/** What is recorded first, and what the reviews left open are answered later. */
const answersInTwoSteps = fc.array(fc.tuple(fc.constantFrom(true, false, undefined), fc.boolean()), {
  minLength: MOST_REVIEWS,
  maxLength: MOST_REVIEWS,
});

describe('properties', () => {
  const answersOf = (given: readonly (boolean | undefined)[]) =>
    given.flatMap((answer, index) => (answer === undefined ? [] : [anAnswer(`r${index}`, answer)]));

  it('filling in what is open never changes a YES or a NO, and everything filled in leaves nothing open', () => {
    fc.assert(
      fc.property(trees, answersInTwoSteps, (tree, answers) => {
        const first = answerTo(tree, { humanAnswers: answersOf(answers.map(([now]) => now)) });
        const last = answerTo(tree, { humanAnswers: answersOf(answers.map(([now, later]) => now ?? later)) });
        expect(['YES', 'NO']).toContain(last);
        if (first === 'YES' || first === 'NO') expect(last).toBe(first);
        else expect(first).toBe('NEEDS_REVIEW');
      }),
    );
  });

  it('what no longer matters changes nothing, and nothing still matters once the answer is YES or NO', () => {
    fc.assert(
      fc.property(trees, answersInTwoSteps, (tree, answers) => {
        const given = answers.map(([now]) => now);
        const facts = factsOf({ humanAnswers: answersOf(given) });
        const { answer, conditions } = evaluateEligibility(tree, facts, aWeekBefore);
        for (const condition of conditions.filter(({ result }) => result === 'OPEN')) {
          const index = Number(condition.key.slice(1));
          // With the others settled in some way, what is said not to matter must not.
          const withThis = (value: boolean) =>
            answerTo(tree, {
              humanAnswers: answersOf(
                answers.map(([now, later], i) => (i === index ? value : (now ?? later))),
              ),
            });
          if (!condition.decisive) expect(withThis(true)).toBe(withThis(false));
          else expect(answer).toBe('NEEDS_REVIEW');
        }
      }),
    );
  });

  it('the order of the facts leaves the verdict the same to the byte', () => {
    const facts: EligibilityFacts = {
      business: [
        aFact('COUNTRY', 'FR', '2020-01-01'),
        aFact('COUNTRY', 'BE', '2020-01-01'),
        aFact('COUNTRY', 'FR', '2020-01-01', '2026-09-02T00:00:00Z'),
        aFact('HEADCOUNT', 3),
        aFact('HEADCOUNT', 4),
      ],
      training: [aCourse(courseA, { badges: [aBadge('2026-09-01T00:00:00Z', { certificateId: 'b' })] })],
      humanAnswers: [anAnswer('shop', true), anAnswer('shop', false)],
    };
    const size: Condition = {
      kind: 'HEADCOUNT_BETWEEN',
      key: 'size',
      max: { value: 3, inclusive: true },
      asOf: 'CLOSE',
    };
    const tree: RuleNode = { kind: 'ALL', of: [country, badge, size, review('shop')] };
    const expected = JSON.stringify(evaluateEligibility(tree, facts, aWeekBefore));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...facts.business], { minLength: 5 }),
        fc.shuffledSubarray([...facts.humanAnswers], { minLength: 2 }),
        (business, humanAnswers) => {
          const shuffled = { ...facts, business, humanAnswers };
          expect(JSON.stringify(evaluateEligibility(tree, shuffled, aWeekBefore))).toBe(expected);
        },
      ),
    );
  });
});

describe('the time zone of the process', () => {
  /** The whole verdict, written out: suites run in zones on either side of the date line and all must print these bytes. */
  it('does not show in the verdict', () => {
    const at: EvaluationInstant = {
      now: '2026-10-07T11:30:00Z',
      closesAt: '2026-10-08T10:59:59Z',
      timeZone: 'Pacific/Auckland',
    };
    const trading: Condition = { kind: 'TRADING_FOR', key: 'age', atLeastMonths: 12, at: 'CLOSE' };
    const tree: RuleNode = { kind: 'ALL', of: [country, trading, badge] };
    const facts = factsOf({
      business: [aFact('TRADING_SINCE', '2025-10-08', '2025-10-08')],
      training: [aCourse(courseA, { courseTitle: { en: 'A' } })],
    });
    expect(JSON.stringify(evaluateEligibility(tree, facts, at))).toBe(
      '{"answer":"NOT_YET","conditions":[' +
        '{"key":"country","path":"rule.of[0]","kind":"COUNTRY_IN","negated":false,"result":"OPEN",' +
        '"reason":"FACT_MISSING","on":"2026-10-08","evidence":[],"decisive":true},' +
        '{"key":"age","path":"rule.of[1]","kind":"TRADING_FOR","negated":false,"result":"TRUE","reason":"MET",' +
        '"on":"2026-10-08","evidence":[{"kind":"TRADING_SINCE","value":"2025-10-08","asOf":"2025-10-08",' +
        '"recordedAt":"2026-09-01T08:00:00Z","source":"owner"}],"decisive":false},' +
        '{"key":"badge","path":"rule.of[2]","kind":"HOLDS_BADGE","negated":false,"result":"OPEN",' +
        '"reason":"TRAINING_UNFINISHED","evidence":[{"kind":"MINUTES_REMAINING","value":25}],"decisive":true}],' +
        '"actions":[{"kind":"STATE_FACT","conditionKeys":["country"],"factKind":"COUNTRY","asOf":"2026-10-08",' +
        '"minutes":2,"before":"2026-10-08T10:59:59Z"},' +
        `{"kind":"FINISH_COURSE","conditionKeys":["badge"],"courseId":"${courseA}",` +
        '"courseSlug":"get-found-online","courseTitle":{"en":"A"},"minutes":25,"steps":[],' +
        '"before":"2026-10-08T10:59:59Z"}],"minutesToEligible":27}',
    );
  });
});
