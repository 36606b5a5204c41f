import { DateTime } from 'luxon';
import {
  actionsFor,
  withRequiredBy,
  type EligibilityAction,
  type OpenCondition,
} from './eligibility.actions.js';
import type { RuleNode } from './eligibility.conditions.js';
import type { LocalDate, TrainingFact } from './eligibility.facts.js';
import {
  factAskedBy,
  isMetBy,
  plusMonths,
  statementAskedBy,
  type FactCondition,
  type Kleene,
  type Moment,
} from './eligibility.judgement.js';

/**
 * How many alternatives are kept at every step of the search. While conditions do not share an action this loses nothing,
 * because costs then only add up; with shared actions and more than this many ways to combine them, a shorter list could be missed.
 */
const KEPT_ALTERNATIVES = 32;

const ACTION_ORDER = { STATE_FACT: 0, FINISH_COURSE: 1, WAIT_FOR_REVIEW: 2 } as const;

/** Conditions to settle and the actions that do so, as bit sets, with what the list costs. */
interface Alternative {
  readonly conditions: bigint;
  readonly actions: bigint;
  readonly count: number;
  readonly minutes: number;
  readonly trainingMinutes: number;
}

const NOTHING: Alternative = { conditions: 0n, actions: 0n, count: 0, minutes: 0, trainingMinutes: 0 };

/** A tree after judging, when its own result is still open. */
export interface JudgedTree {
  tree: RuleNode;
  /** The result of every node of the tree. */
  resultOf: (node: RuleNode) => Kleene;
  /** The open conditions that still matter. */
  open: readonly OpenCondition[];
}

/**
 * The shortest list of actions that makes the tree TRUE: fewest actions, then fewest minutes, then reading order. Null when
 * no list does, as when two courses fit before the close but not one after the other, or when a rule asks that a course
 * stay unfinished. What has to be completed before a course stands before it. A course or a fact counts once, however many conditions need it, and one fact is never
 * counted on to have two values at once.
 */
export function shortestActions(
  { tree, resultOf, open }: JudgedTree,
  training: readonly TrainingFact[],
  moment: Moment,
): EligibilityAction[] | null {
  const actions = actionsFor(open, training, moment);
  const search = new ActionSearch(resultOf, open, actions, moment);
  const best = search.waysTo(tree, 'TRUE')[0];
  if (!best) return null;
  const chosen = actions
    .filter((_, index) => best.actions & (1n << BigInt(index)))
    .sort((a, b) => ACTION_ORDER[a.kind] - ACTION_ORDER[b.kind]);
  return withRequiredBy(chosen, training);
}

class ActionSearch {
  private readonly leaves = new Map<RuleNode, { target: 'TRUE' | 'FALSE'; way: Alternative }>();
  private readonly sharedFacts: readonly SharedFact[];
  private readonly trainingMinutesLeft: number;

  constructor(
    private readonly resultOf: (node: RuleNode) => Kleene,
    open: readonly OpenCondition[],
    private readonly actions: readonly EligibilityAction[],
    moment: Moment,
  ) {
    this.trainingMinutesLeft = (moment.closesAtMillis - moment.nowMillis) / 60_000;
    this.sharedFacts = sharedFactsOf(open, moment);
    open.forEach(({ condition, target }, index) => {
      // A course, with what has to be completed before it.
      const together = actions.reduce(
        (bits, { conditionKeys }, action) =>
          conditionKeys.includes(condition.key) ? bits | (1n << BigInt(action)) : bits,
        0n,
      );
      // Nobody can be asked to leave a course unfinished: no action makes an open HOLDS_BADGE false.
      if (together === 0n || (condition.kind === 'HOLDS_BADGE' && target === 'FALSE')) return;
      const way = { ...this.costOf(together), conditions: 1n << BigInt(index) };
      if (this.isPossible(way)) this.leaves.set(condition, { target, way });
    });
  }

  /** The best ways to give a node a result, best first; none when it cannot have it. */
  waysTo(node: RuleNode, target: 'TRUE' | 'FALSE'): readonly Alternative[] {
    const result = this.resultOf(node);
    if (result !== 'OPEN') return result === target ? [NOTHING] : [];
    switch (node.kind) {
      case 'NOT':
        return this.waysTo(node.of, target === 'TRUE' ? 'FALSE' : 'TRUE');
      case 'ALL':
      case 'ANY':
      case 'AT_LEAST': {
        const needed = neededOf(node);
        // Not "at least n of m are true" is "at least m - n + 1 are false".
        return this.atLeast(target === 'TRUE' ? needed : node.of.length - needed + 1, node.of, target);
      }
      default: {
        const leaf = this.leaves.get(node);
        return leaf?.target === target ? [leaf.way] : [];
      }
    }
  }

  /** Child by child, the best ways to have given `reached` children the result. */
  private atLeast(
    needed: number,
    children: readonly RuleNode[],
    target: 'TRUE' | 'FALSE',
  ): readonly Alternative[] {
    const settled = children.filter((child) => this.resultOf(child) === target).length;
    const open = children.filter((child) => this.resultOf(child) === 'OPEN');
    const goal = needed - settled;
    let byReached: (readonly Alternative[])[] = [[NOTHING]];
    open.forEach((child, index) => {
      const ways = this.waysTo(child, target);
      const next: (readonly Alternative[])[] = [];
      const childrenLeft = open.length - index - 1;
      for (let reached = Math.max(0, goal - childrenLeft); reached <= Math.min(goal, index + 1); reached += 1)
        next[reached] = this.best([
          ...(byReached[reached] ?? []),
          ...this.combine(byReached[reached - 1] ?? [], ways),
        ]);
      byReached = next;
    });
    return byReached[goal] ?? [];
  }

  private combine(left: readonly Alternative[], right: readonly Alternative[]): Alternative[] {
    return left
      .flatMap((a) => right.map((b) => this.union(a, b)))
      .filter((alternative) => this.isPossible(alternative));
  }

  private union(a: Alternative, b: Alternative): Alternative {
    const shared = a.actions & b.actions;
    const twice = shared === 0n ? NOTHING : this.costOf(shared);
    return {
      conditions: a.conditions | b.conditions,
      actions: a.actions | b.actions,
      count: a.count + b.count - twice.count,
      minutes: a.minutes + b.minutes - twice.minutes,
      trainingMinutes: a.trainingMinutes + b.trainingMinutes - twice.trainingMinutes,
    };
  }

  private costOf(actions: bigint): Alternative {
    const chosen = this.actions.filter((_, index) => actions & (1n << BigInt(index)));
    const minutesOf = (some: readonly EligibilityAction[]): number =>
      some.reduce((sum, { minutes }) => sum + minutes, 0);
    const trainingMinutes = minutesOf(chosen.filter(({ kind }) => kind === 'FINISH_COURSE'));
    return { conditions: 0n, actions, count: chosen.length, minutes: minutesOf(chosen), trainingMinutes };
  }

  /** Whether there is time for all the training, and no fact is counted on to have two values. */
  private isPossible({ conditions, trainingMinutes }: Alternative): boolean {
    return (
      (trainingMinutes === 0 || trainingMinutes <= this.trainingMinutesLeft) &&
      this.sharedFacts.every((fact) =>
        fact.values.some((met) => (conditions & fact.conditions & ~met) === 0n),
      )
    );
  }

  private best(alternatives: Alternative[]): Alternative[] {
    const kept: Alternative[] = [];
    for (const candidate of alternatives.sort(byCost)) {
      // A list that holds a kept one asks for more and allows nothing more.
      const isLonger = kept.some(
        (other) =>
          (other.count < candidate.count || other.actions === candidate.actions) &&
          (other.actions & ~candidate.actions) === 0n &&
          (other.conditions & ~candidate.conditions) === 0n,
      );
      if (!isLonger) kept.push(candidate);
      if (kept.length === KEPT_ALTERNATIVES) break;
    }
    return kept;
  }
}

/** How many children of an operator must be TRUE. */
export function neededOf(gate: Extract<RuleNode, { of: RuleNode[] }>): number {
  return gate.kind === 'ALL' ? gate.of.length : gate.kind === 'ANY' ? 1 : gate.n;
}

function byCost(a: Alternative, b: Alternative): number {
  const order = a.actions === b.actions ? a.conditions - b.conditions : a.actions - b.actions;
  return a.count - b.count || a.minutes - b.minutes || (order < 0n ? -1 : order > 0n ? 1 : 0);
}

/** One fact that several open conditions ask for: which those are, and which of them each telling value would settle as needed. */
interface SharedFact {
  readonly conditions: bigint;
  readonly values: readonly bigint[];
}

function sharedFactsOf(open: readonly OpenCondition[], moment: Moment): SharedFact[] {
  const groups = new Map<
    string,
    { condition: FactCondition; target: string; bit: bigint; date: LocalDate }[]
  >();
  open.forEach(({ condition, target }, index) => {
    if (condition.kind === 'HOLDS_BADGE' || condition.kind === 'HUMAN_REVIEW') return;
    const { date } = factAskedBy(condition, moment);
    const identity = Object.values(statementAskedBy(condition, moment)).join(' ');
    groups.set(identity, [
      ...(groups.get(identity) ?? []),
      { condition, target, bit: 1n << BigInt(index), date },
    ]);
  });
  const shared = [...groups.values()].filter((group) => group.length > 1);
  return shared.map((group) => {
    const values = new Set(group.flatMap(({ condition, date }) => tellingValues(condition, date)));
    const metBy = [...values].map((value) =>
      group
        .filter(({ condition, target, date }) => isMetBy(condition, value, date) === (target === 'TRUE'))
        .reduce((bits, { bit }) => bits | bit, 0n),
    );
    return { conditions: group.reduce((bits, { bit }) => bits | bit, 0n), values: [...new Set(metBy)] };
  });
}

/** Values of a fact on either side of everything the condition distinguishes. */
function tellingValues(condition: FactCondition, date: LocalDate): (string | number | boolean)[] {
  switch (condition.kind) {
    case 'COUNTRY_IN':
      return [...condition.countries, 'elsewhere'];
    case 'REGION_IN':
      return [...condition.regions, 'elsewhere'];
    case 'FOR_PROFIT':
      return [true, false];
    case 'HEADCOUNT_BETWEEN':
      return [condition.min, condition.max]
        .flatMap((bound) => (bound ? [bound.value - 1, bound.value, bound.value + 1] : []))
        .filter((headcount) => headcount >= 0);
    case 'TRADING_FOR': {
      const threshold = plusMonths(date, -(condition.moreThanMonths ?? condition.atLeastMonths ?? 0));
      // Months of 28 to 31 days move the threshold by up to three days, and strictness by one.
      return [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((days) =>
        DateTime.fromISO(threshold, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd'),
      );
    }
  }
}
