import type { EligibilityAction, OpenCondition } from './eligibility.actions.js';
import { conditionsOf, pathText, type Condition, type RuleNode } from './eligibility.conditions.js';
import type { EligibilityFacts, EvaluationInstant } from './eligibility.facts.js';
import { judgeCondition, momentOf, type Judgement, type Kleene } from './eligibility.judgement.js';
import { neededOf, shortestActions } from './eligibility.search.js';

/** One condition of the rule, judged. */
export interface ConditionOutcome extends Judgement {
  readonly key: string;
  /** Where it stands in the tree: `rule.of[0]`. */
  readonly path: string;
  readonly kind: Condition['kind'];
  /** Whether it stands under an odd number of NOTs, so that the rule wants it FALSE. `result` is its own, before any NOT. */
  readonly negated: boolean;
  /**
   * Whether the answer hangs on it. For an open answer: it is OPEN and so is everything above it, hence it still matters.
   * For a settled one: it is among those that settled it.
   */
  readonly decisive: boolean;
}

/** The answer, why, and what would make it YES. Plain JSON, to be stored as it is. */
export interface EligibilityVerdict {
  readonly answer: 'YES' | 'NO' | 'NEEDS_REVIEW' | 'NOT_YET';
  /** In reading order of the tree. */
  readonly conditions: readonly ConditionOutcome[];
  /** Facts first, then courses, then reviews. Empty for YES and NO, and when nothing anyone does would lead to YES. */
  readonly actions: readonly EligibilityAction[];
  /** The sum of the actions' minutes, 0 for YES; null for NO, and when no list of actions leads to YES. */
  readonly minutesToEligible: number | null;
}

/** Strong Kleene negation. */
export function kleeneNot(value: Kleene): Kleene {
  return value === 'OPEN' ? 'OPEN' : value === 'TRUE' ? 'FALSE' : 'TRUE';
}

/**
 * Strong Kleene threshold: TRUE when n values are, FALSE when n no longer can be. ALL is "as many as there are", ANY is 1.
 * Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
 */
export function kleeneAtLeast(n: number, values: readonly Kleene[]): Kleene {
  const sure = values.filter((value) => value === 'TRUE').length;
  const possible = values.filter((value) => value !== 'FALSE').length;
  return sure >= n ? 'TRUE' : possible < n ? 'FALSE' : 'OPEN';
}

/**
 * Whether a business is eligible, and why. Pure: the same arguments give the same bytes of JSON, in any process time zone and
 * whatever the order of the facts.
 *
 * - YES: the rule is TRUE. NO: it is FALSE, whatever becomes of what is open.
 * - NEEDS_REVIEW: only reviews by a person are open among the conditions that still matter.
 * - NOT_YET: something else is open. It lists the shortest way to YES.
 *
 * Kleene logic takes every condition to be independent of the others: it never says YES or NO wrongly, but a rule that holds
 * for reasons outside its form, such as "x or not x", or "in France and not in the European Union", stays open until
 * its facts are known. The list of actions does see when conditions on one fact exclude each other.
 *
 * @param tree as read by `readRuleTree`
 * @throws RangeError without a training fact for a course of the tree (`courseIdsOf`), or for a malformed instant or zone
 * @throws TypeError for a fact whose value is not of its kind's type
 */
export function evaluateEligibility(
  tree: RuleNode,
  facts: EligibilityFacts,
  at: EvaluationInstant,
): EligibilityVerdict {
  const moment = momentOf(at);
  const judgements = new Map(
    conditionsOf(tree).map(({ condition }) => [condition.key, judgeCondition(condition, facts, moment)]),
  );
  const results = new Map<RuleNode, Kleene>();
  const judge = (node: RuleNode): Kleene => {
    const result = resultOfNode(node, judge, judgements);
    results.set(node, result);
    return result;
  };
  const root = judge(tree);
  const resultOf = (node: RuleNode): Kleene => results.get(node) ?? judge(node);

  const leaves = leavesOf(tree, resultOf, { path: [], negated: false, decisive: true });
  const conditions = leaves.map(({ condition, path, negated, decisive }): ConditionOutcome => {
    const { key, kind } = condition;
    const judgement = judgements.get(key) as Judgement;
    return { key, path: pathText(path), kind, negated, ...judgement, decisive };
  });
  if (root !== 'OPEN')
    return {
      answer: root === 'TRUE' ? 'YES' : 'NO',
      conditions,
      actions: [],
      minutesToEligible: root === 'TRUE' ? 0 : null,
    };

  const open = leaves
    .filter(({ decisive }) => decisive)
    .map(({ condition, negated }): OpenCondition => ({ condition, target: negated ? 'FALSE' : 'TRUE' }));
  const actions = shortestActions({ tree, resultOf, open }, facts.training, moment);
  return {
    answer: open.every(({ condition }) => condition.kind === 'HUMAN_REVIEW') ? 'NEEDS_REVIEW' : 'NOT_YET',
    conditions,
    actions: actions ?? [],
    minutesToEligible: actions && actions.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

function resultOfNode(
  node: RuleNode,
  judge: (node: RuleNode) => Kleene,
  judgements: ReadonlyMap<string, Judgement>,
): Kleene {
  switch (node.kind) {
    case 'ALL':
    case 'ANY':
    case 'AT_LEAST':
      return kleeneAtLeast(neededOf(node), node.of.map(judge));
    case 'NOT':
      return kleeneNot(judge(node.of));
    default:
      return (judgements.get(node.key) as Judgement).result;
  }
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly negated: boolean;
  readonly decisive: boolean;
}

/**
 * The conditions in reading order with their place. A part of an operator is decisive when the operator is and they share a
 * result: the FALSE parts made an ALL false, the OPEN parts keep it open.
 */
function leavesOf(
  node: RuleNode,
  resultOf: (node: RuleNode) => Kleene,
  place: Place,
): (Place & { condition: Condition })[] {
  const { path, negated, decisive } = place;
  switch (node.kind) {
    case 'ALL':
    case 'ANY':
    case 'AT_LEAST':
      return node.of.flatMap((child, index) =>
        leavesOf(child, resultOf, {
          path: [...path, 'of', index],
          negated,
          decisive: decisive && resultOf(child) === resultOf(node),
        }),
      );
    case 'NOT':
      return leavesOf(node.of, resultOf, { path: [...path, 'of'], negated: !negated, decisive });
    default:
      return [{ condition: node, ...place }];
  }
}
