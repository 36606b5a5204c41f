import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime, LocalDate } from '../../platform/graphql/scalars.js';
import { GrantCall } from './grant-call.entity.js';

const enumOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

const AnswerEnum = enumOf(['YES', 'NO', 'NOT_YET', 'NEEDS_REVIEW']);
registerEnumType(AnswerEnum, {
  name: 'EligibilityAnswer',
  valuesMap: {
    YES: { description: 'Every rule is met.' },
    NO: { description: 'A rule is not met, whatever is still open.' },
    NOT_YET: { description: 'Nothing stands against it, and something is missing: see `actions`.' },
    NEEDS_REVIEW: { description: 'Only what a person must look at is open.' },
  },
});
const ResultEnum = enumOf(['TRUE', 'FALSE', 'OPEN']);
registerEnumType(ResultEnum, {
  name: 'ConditionResult',
  description: 'A value of three-valued (Kleene) logic.',
});
const ReasonEnum = enumOf([
  'MET',
  'NOT_MET',
  'FACT_MISSING',
  'TRAINING_UNFINISHED',
  'TRAINING_TOO_LATE',
  'COURSE_UNAVAILABLE',
  'BADGE_TOO_OLD',
  'BADGE_NOT_VALID',
  'CLOSED_WITHOUT_TRAINING',
  'HUMAN_REVIEW_PENDING',
]);
registerEnumType(ReasonEnum, { name: 'ConditionReason' });
export const ConditionKindEnum = enumOf([
  'COUNTRY_IN',
  'REGION_IN',
  'HEADCOUNT_BETWEEN',
  'TRADING_FOR',
  'FOR_PROFIT',
  'HOLDS_BADGE',
  'HUMAN_REVIEW',
]);
registerEnumType(ConditionKindEnum, { name: 'ConditionKind' });
const ActionKindEnum = enumOf(['STATE_FACT', 'FINISH_COURSE', 'WAIT_FOR_REVIEW']);
registerEnumType(ActionKindEnum, { name: 'EligibilityActionKind' });

@ObjectType('EligibilityEvidence', {
  description: 'What a condition was judged on: which fact, from when, from whom.',
})
export class EvidenceType {
  @Field(() => String, { description: 'Kind of fact, or `BADGE`, `MINUTES_REMAINING`, `HUMAN_ANSWER`.' })
  kind!: string;

  @Field(() => String)
  value!: string;

  @Field(() => String, { nullable: true, description: 'Date from which it is true.' })
  asOf?: string;

  @Field(() => String, { nullable: true, description: 'Instant at which it was learned, RFC 3339.' })
  recordedAt?: string;

  @Field(() => String, { nullable: true, description: 'Who said so.' })
  source?: string;

  @Field(() => ID, { nullable: true })
  certificateId?: string;

  @Field(() => String, { description: "All of this in the viewer's language, without a final stop." })
  sentence!: string;
}

@ObjectType('EligibilityCondition', { description: 'One condition of the rules, judged.' })
export class ConditionType {
  @Field(() => ID, { description: 'The same in every edition of the rules.' })
  key!: string;

  @Field(() => ConditionKindEnum)
  kind!: keyof typeof ConditionKindEnum;

  @Field(() => ResultEnum)
  result!: keyof typeof ResultEnum;

  @Field(() => ReasonEnum)
  reason!: keyof typeof ReasonEnum;

  @Field(() => Boolean, { description: 'Whether the rules ask that it not be so.' })
  negated!: boolean;

  @Field(() => Boolean, { description: 'Whether it still matters for the answer.' })
  decisive!: boolean;

  @Field(() => String, { description: "In the viewer's language." })
  sentence!: string;

  @Field(() => [EvidenceType])
  evidence!: EvidenceType[];
}

@ObjectType('EligibilityActionStep', { description: 'A lesson or quiz that an action consists of.' })
export class ActionStepType {
  @Field(() => String, { nullable: true, description: "The lesson's key in its course." })
  lessonKey?: string;

  @Field(() => String)
  sentence!: string;

  @Field(() => Int)
  minutes!: number;
}

@ObjectType('EligibilityAction', { description: 'Something to do that helps to turn the answer into YES.' })
export class ActionType {
  @Field(() => ActionKindEnum)
  kind!: keyof typeof ActionKindEnum;

  @Field(() => [ID])
  conditionKeys!: readonly string[];

  @Field(() => String, { description: "In the viewer's language." })
  sentence!: string;

  @Field(() => Int)
  minutes!: number;

  @Field(() => DateTime, { nullable: true, description: 'The last moment for it.' })
  before!: Date | null;

  @Field(() => ID, { nullable: true })
  courseId?: string;

  @Field(() => String, { nullable: true })
  courseSlug?: string;

  @Field(() => String, { nullable: true, description: 'Kind of the fact to state.' })
  factKind?: string;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'The date for which the fact must be stated: one that is true from a later date does not count.',
  })
  factAsOf?: string;

  @Field(() => [ActionStepType])
  steps!: ActionStepType[];
}

@ObjectType({ description: 'Whether a business may have a grant, and why.' })
export class Eligibility {
  @Field(() => AnswerEnum)
  answer!: keyof typeof AnswerEnum;

  @Field(() => GrantCall)
  call!: GrantCall;

  @Field(() => Int, { description: 'Edition of the rules that was asked.' })
  ruleSetNumber!: number;

  @Field(() => DateTime)
  evaluatedAt!: Date;

  @Field(() => [ConditionType], { description: 'In the order of the rules.' })
  conditions!: ConditionType[];

  @Field(() => [ActionType], {
    description: 'The shortest list that turns the answer into YES; empty when there is none.',
  })
  actions!: ActionType[];

  @Field(() => Int, { nullable: true, description: 'Of all actions. Null when none leads to YES.' })
  minutesToEligible!: number | null;
}
