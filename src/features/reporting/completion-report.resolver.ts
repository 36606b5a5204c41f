import {
  Args,
  ArgsType,
  Context,
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  Parent,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime, LocalDate } from '../../platform/graphql/scalars.js';
import { inLocale } from '../../platform/locale.js';
import { REGION_NAMES } from '../businesses/region-names.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { NOT_STATED, type ReportCounts } from './completion-report.queries.js';
import {
  FUNNEL_STAGES,
  funnelOf,
  ratesOf,
  type FunnelStage,
  type RateFigure,
} from './completion-report.rules.js';
import { CompletionReportService } from './completion-report.service.js';

const FunnelStageEnum = Object.fromEntries(FUNNEL_STAGES.map((stage) => [stage, stage]));
registerEnumType(FunnelStageEnum, { name: 'FunnelStage', description: 'From enrolled to badge.' });

@ObjectType({ description: 'A rate, with what it is made of.' })
class Rate {
  @Field(() => Float, { nullable: true, description: '0 to 1. Null when the denominator is 0.' })
  value!: number | null;

  @Field(() => Int)
  numerator!: number;

  @Field(() => Int)
  denominator!: number;

  @Field(() => ID, { description: 'Of its definition in docs/definitions.md.' })
  definitionId!: string;

  @Field(() => DateTime)
  asOf!: Date;
}

@ObjectType({ description: 'How many enrollments reached a stage.' })
class FunnelStep {
  @Field(() => FunnelStageEnum)
  stage!: FunnelStage;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ isAbstract: true })
abstract class CompletionRates {
  @Field(() => Rate, { description: 'Completed within the horizon, of all enrolled.' })
  rateEnrolled!: RateFigure;

  @Field(() => Rate, {
    description: 'Completed within the horizon, of those with at least one required lesson.',
  })
  rateStarted!: RateFigure;

  @Field(() => Rate, {
    description: 'Completed within the horizon, of those enrolled at least that long ago.',
  })
  rateMatured!: RateFigure;

  @Field(() => Int, { description: 'Enrolled too recently to be in `rateMatured`.' })
  notYetMatured!: number;

  @Field(() => [FunnelStep])
  funnel!: FunnelStep[];
}

@ObjectType({ description: 'Figures of one course and region.' })
class CompletionReportRow extends CompletionRates {
  courseId!: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-2. Null when no region was stated.' })
  regionCode!: string | null;

  @Field(() => String, { nullable: true })
  regionName!: string | null;
}

@ObjectType({
  description: "Completion figures of a program's cohorts. Every filter applies to every figure.",
})
class CompletionReport extends CompletionRates {
  @Field(() => DateTime)
  asOf!: Date;

  @Field(() => Int)
  horizonDays!: number;

  @Field(() => [CompletionReportRow], { description: 'By course and region.' })
  rows!: CompletionReportRow[];
}

@ArgsType()
class CompletionReportArgs {
  @Field(() => ID)
  programId!: string;

  @Field(() => LocalDate, {
    nullable: true,
    description: "First day of enrollment, in the program's time zone.",
  })
  enrolledFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of enrollment.' })
  enrolledUntil?: string | null;

  @Field(() => ID, { nullable: true })
  courseId?: string | null;

  @Field(() => ID, { nullable: true })
  cohortId?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-2, or NOT_STATED.' })
  regionCode?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days within which a completion counts, 1 to 3650; 60 when left out.',
  })
  horizonDays?: number | null;
}

@Resolver(() => CompletionReportRow)
export class CompletionReportResolver {
  constructor(
    private readonly service: CompletionReportService,
    private readonly database: Database,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => CompletionReport, { description: 'For the managers of the program.' })
  async completionReport(
    @Args() { programId, ...filters }: CompletionReportArgs,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ): Promise<CompletionReport> {
    const { asOf, horizonDays, total, groups } = await this.service.report(viewer, programId, filters);
    return {
      asOf,
      horizonDays,
      ...figures(total, asOf),
      rows: groups.map((group) => ({
        ...figures(group, asOf),
        courseId: group.courseId!,
        regionCode: group.regionCode === NOT_STATED ? null : group.regionCode,
        regionName: regionName(group.regionCode!, locale),
      })),
    };
  }

  @ResolveField(() => Course)
  async course(
    @Parent() { courseId }: CompletionReportRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }
}

const figures = (counts: ReportCounts, asOf: Date): CompletionRates => ({
  ...ratesOf(counts, asOf),
  notYetMatured: counts.enrolled - counts.matured,
  funnel: funnelOf(counts),
});

const regionName = (code: string, locale: string): string | null => {
  if (code === NOT_STATED) return null;
  const names = REGION_NAMES[code];
  return names ? (inLocale(names, locale) ?? code) : code;
};
