import type { Condition, RuleNode } from '../../src/features/grants/eligibility.conditions.js';
import type {
  BadgeFact,
  BusinessFact,
  EligibilityFacts,
  EvaluationInstant,
  HumanAnswer,
  RequestedFactKind,
  TrainingFact,
} from '../../src/features/grants/eligibility.facts.js';
import { evaluateEligibility, type ConditionOutcome } from '../../src/features/grants/eligibility.rules.js';

/** A call in Paris that closes on 8 October 2026 at 23:59:59 local time, asked about a week before. */
export const aWeekBefore: EvaluationInstant = {
  now: '2026-10-01T10:00:00Z',
  closesAt: '2026-10-08T21:59:59Z',
  timeZone: 'Europe/Paris',
};

/** The same call a second after its close. */
export const afterTheClose: EvaluationInstant = { ...aWeekBefore, now: '2026-10-08T22:00:00Z' };

export const courseA = '00000000-0000-4000-8000-00000000000a';
export const courseB = '00000000-0000-4000-8000-00000000000b';
export const courseC = '00000000-0000-4000-8000-00000000000c';
export const courseD = '00000000-0000-4000-8000-00000000000d';
export const courseE = '00000000-0000-4000-8000-00000000000e';

export function aFact(
  kind: RequestedFactKind,
  value: BusinessFact['value'],
  asOf = '2026-09-01',
  recordedAt = '2026-09-01T08:00:00Z',
): BusinessFact {
  return { kind, value, asOf, recordedAt, source: 'owner' };
}

export function aCourse(courseId: string, given: Partial<TrainingFact> = {}): TrainingFact {
  return {
    courseId,
    courseSlug: 'get-found-online',
    courseTitle: { en: 'Get found online', fr: 'Être trouvé en ligne' },
    available: true,
    badges: [],
    minutesRemaining: 25,
    nextSteps: [],
    prerequisiteIds: [],
    ...given,
  };
}

export function aBadge(issuedAt: string, given: Partial<BadgeFact> = {}): BadgeFact {
  return {
    certificateId: `certificate-${issuedAt}`,
    holderPersonId: 'amina',
    issuedAt,
    status: 'VALID',
    ...given,
  };
}

export function anAnswer(conditionKey: string, answer: boolean, at = '2026-09-20T09:00:00Z'): HumanAnswer {
  return { conditionKey, answer, by: 'a manager', at };
}

export function factsOf(given: Partial<EligibilityFacts>): EligibilityFacts {
  return { business: [], training: [], humanAnswers: [], ...given };
}

/** A condition that a recorded review answer settles, so that any truth value can be had. */
export function review(key: string): Condition {
  return { kind: 'HUMAN_REVIEW', key, question: { en: `Is ${key} so?`, fr: `Est-ce ${key} ?` } };
}

/** The outcome of a rule that is one condition. */
export function judge(
  condition: Condition,
  facts: Partial<EligibilityFacts>,
  at: EvaluationInstant = aWeekBefore,
): ConditionOutcome {
  return evaluateEligibility(condition, factsOf(facts), at).conditions[0] as ConditionOutcome;
}

/** Only the answer to a rule. */
export function answerTo(tree: RuleNode, facts: Partial<EligibilityFacts>, at = aWeekBefore): string {
  return evaluateEligibility(tree, factsOf(facts), at).answer;
}
