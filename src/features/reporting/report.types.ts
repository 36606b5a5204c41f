import { ArgsType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime, LocalDate } from '../../platform/graphql/scalars.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';
import { FUNNEL_STAGES, type FunnelStage } from './completion-report.rules.js';

export const FunnelStageEnum = Object.fromEntries(FUNNEL_STAGES.map((stage) => [stage, stage]));
registerEnumType(FunnelStageEnum, { name: 'FunnelStage', description: 'From enrolled to badge.' });

@ArgsType()
export class ProgramFilterArgs {
  @Field(() => ID)
  programId!: string;

  @Field(() => ID, { nullable: true })
  courseId?: string | null;

  @Field(() => ID, { nullable: true })
  cohortId?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-2, or NOT_STATED.' })
  regionCode?: string | null;
}

@ArgsType()
export class ReportFilterArgs extends ProgramFilterArgs {
  @Field(() => LocalDate, {
    nullable: true,
    description: "First day of enrollment, in the program's time zone.",
  })
  enrolledFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of enrollment.' })
  enrolledUntil?: string | null;
}

@ArgsType()
export class StageArgs extends ReportFilterArgs {
  @Field(() => FunnelStageEnum)
  stage!: FunnelStage;
}

@ObjectType({
  description: "Somebody enrolled in a cohort of a program, as the program's managers see them.",
})
export class ProgramLearner {
  @Field(() => Enrollment)
  enrollment!: Enrollment;

  @Field(() => Person)
  person!: Person;

  @Field(() => String, { description: 'Where the manager may write to them.' })
  email!: string;

  @Field(() => Cohort)
  cohort!: Cohort;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-2, as of the day of enrollment. Null when no region was stated.',
  })
  regionCode!: string | null;

  @Field(() => String, { nullable: true })
  regionName!: string | null;

  @Field(() => DateTime, {
    description: 'When the learner last enrolled, completed a lesson or worked on a quiz.',
  })
  lastActivityAt!: Date;
}
