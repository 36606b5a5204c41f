import type { Condition } from './eligibility.conditions.js';
import {
  coursesToTake,
  type Instant,
  type LocalDate,
  type LocalizedText,
  type RequestedFactKind,
  type TrainingFact,
  type TrainingStep,
} from './eligibility.facts.js';
import { statementAskedBy, type Moment } from './eligibility.judgement.js';

/** What stating one fact about one's business is reckoned to take, in minutes: an estimate, not a measurement. */
export const STATE_FACT_MINUTES = 2;

interface ActionBase {
  /** The open conditions that this action settles, or that a course settles which it opens the way to, in reading order. */
  readonly conditionKeys: readonly string[];
  /** Estimated minutes of the person's own time. */
  readonly minutes: number;
  /** The call's close, as given. Null when the close does not bound the action: a review, or a fact documented after it. */
  readonly before: Instant | null;
}

/** Something that remains to be done, by the person or (WAIT_FOR_REVIEW) by the program. */
export type EligibilityAction = ActionBase &
  (
    | {
        readonly kind: 'STATE_FACT';
        readonly factKind: RequestedFactKind;
        /** The date for which the fact must be stated: one that starts later does not count. */
        readonly asOf: LocalDate;
      }
    | {
        readonly kind: 'FINISH_COURSE';
        readonly courseId: string;
        readonly courseSlug: string;
        readonly courseTitle: LocalizedText;
        readonly steps: readonly TrainingStep[];
        /** The courses of the same list that may be entered only once this one is completed; left out where there are none. */
        readonly requiredBy?: readonly Pick<TrainingFact, 'courseSlug' | 'courseTitle'>[];
      }
    | { readonly kind: 'WAIT_FOR_REVIEW'; readonly question: { readonly en: string; readonly fr: string } }
  );

/** An open condition that still matters, and the result the rule needs of it. */
export interface OpenCondition {
  readonly condition: Condition;
  readonly target: 'TRUE' | 'FALSE';
}

/**
 * Each action that could settle an open condition, once, in reading order; what has to be completed before a course comes before it.
 * Those that hold a condition's key settle it together.
 */
export function actionsFor(
  open: readonly OpenCondition[],
  training: readonly TrainingFact[],
  moment: Moment,
): EligibilityAction[] {
  const byIdentity = new Map<string, EligibilityAction>();
  for (const { condition } of open) {
    for (const action of actionsOf(condition, training, moment)) {
      const identity = JSON.stringify(
        action.kind === 'STATE_FACT'
          ? [action.factKind, action.asOf]
          : action.kind === 'FINISH_COURSE'
            ? action.courseId
            : [condition.key],
      );
      const known = byIdentity.get(identity);
      byIdentity.set(identity, {
        ...action,
        conditionKeys: [...(known?.conditionKeys ?? []), condition.key],
      });
    }
  }
  return [...byIdentity.values()];
}

/** Says of each course in a list which others of it need it first. */
export function withRequiredBy(
  actions: readonly EligibilityAction[],
  training: readonly TrainingFact[],
): EligibilityAction[] {
  const courses = training.filter(({ courseId }) =>
    actions.some((action) => action.kind === 'FINISH_COURSE' && action.courseId === courseId),
  );
  return actions.map((action) => {
    if (action.kind !== 'FINISH_COURSE') return action;
    const requiredBy = courses
      .filter(({ prerequisiteIds }) => prerequisiteIds.includes(action.courseId))
      .map(({ courseSlug, courseTitle }) => ({ courseSlug, courseTitle }));
    return requiredBy.length > 0 ? { ...action, requiredBy } : action;
  });
}

function actionsOf(
  condition: Condition,
  training: readonly TrainingFact[],
  moment: Moment,
): EligibilityAction[] {
  const before = moment.isClosed ? null : moment.closesAt;
  const conditionKeys = [condition.key];
  switch (condition.kind) {
    case 'HUMAN_REVIEW': {
      const { question } = condition;
      return [{ kind: 'WAIT_FOR_REVIEW', conditionKeys, question, minutes: 0, before: null }];
    }
    case 'HOLDS_BADGE':
      return coursesToTake(condition.courseId, training).map(
        ({ courseId, courseSlug, courseTitle, minutesRemaining: minutes, nextSteps: steps }) => ({
          kind: 'FINISH_COURSE',
          conditionKeys,
          courseId,
          courseSlug,
          courseTitle,
          minutes,
          steps,
          before,
        }),
      );
    default: {
      const { factKind, asOf } = statementAskedBy(condition, moment);
      return [{ kind: 'STATE_FACT', conditionKeys, factKind, asOf, minutes: STATE_FACT_MINUTES, before }];
    }
  }
}
