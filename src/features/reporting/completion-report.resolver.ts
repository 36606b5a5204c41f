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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { Locale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import type { ReportCounts } from './completion-report.queries.js';
import { funnelOf, ratesOf, type FunnelStage, type RateFigure } from './completion-report.rules.js';
import { CompletionReportService } from './completion-report.service.js';
import type { InvitedCounts } from './invited.queries.js';
import { REGION_NOT_STATED, regionName, statedRegion } from './region.rules.js';
import type { ReportScope } from './report-scope.rules.js';
import { FunnelStageEnum, ReportFilterArgs } from './report.types.js';

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

@ObjectType({ description: 'A region, as a filter names it.' })
class ReportRegion {
  @Field(() => String, { description: 'ISO 3166-2, or NOT_STATED.' })
  code!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({
  description:
    'The step before enrollment. A person counts once for an enrollment, and once while they have none, on the day they were first invited.',
})
class InvitedFigures implements InvitedCounts {
  @Field(() => Int, { description: 'The sum of the six that follow.' })
  invited!: number;

  @Field(() => Int, { description: 'Of the invited: enrolled by now.' })
  enrolled!: number;

  @Field(() => Int, { description: 'Of the invited: enrolled, and left within the cooling period.' })
  leftEarly!: number;

  @Field(() => Int, { description: 'Of the invited: not answered, while they still can.' })
  waiting!: number;

  @Field(() => Int, { description: 'Of the invited: said no.' })
  declined!: number;

  @Field(() => Int, { description: 'Of the invited: a manager took the invitation back.' })
  withdrawn!: number;

  @Field(() => Int, { description: 'Of the invited: not answered in time.' })
  expired!: number;

  @Field(() => Int, {
    description: 'Of those of the stage ENROLLED: had been invited before, on whatever day.',
  })
  enrolledInvited!: number;

  @Field(() => Int, { description: 'Of those of the stage ENROLLED: the others, who came on their own.' })
  enrolledUninvited!: number;
}

@ObjectType({
  description: "Completion figures of a program's cohorts. Every filter applies to every figure.",
})
class CompletionReport extends CompletionRates {
  programId!: string;
  scope!: ReportScope;

  @Field(() => DateTime)
  asOf!: Date;

  @Field(() => Int)
  horizonDays!: number;

  @Field(() => [CompletionReportRow], { description: 'By course and region.' })
  rows!: CompletionReportRow[];
}

@ArgsType()
class CompletionReportArgs extends ReportFilterArgs {
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
    const report = await this.service.report(viewer, programId, filters);
    const { asOf, horizonDays, total, groups } = report;
    return {
      programId: report.programId,
      scope: report.scope,
      asOf,
      horizonDays,
      ...figures(total, asOf),
      rows: groups.map((group) => ({
        ...figures(group, asOf),
        courseId: group.courseId!,
        regionCode: statedRegion(group.regionCode!),
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

@Resolver(() => CompletionReport)
export class ReportPartsResolver {
  constructor(private readonly service: CompletionReportService) {}

  @ResolveField(() => InvitedFigures)
  invited(@Parent() report: CompletionReport): Promise<InvitedFigures> {
    return this.service.invited(report);
  }

  @ResolveField(() => [ReportRegion], {
    description: 'Those that occur in the program, whatever the filters: the choices of the region filter.',
  })
  async regions(
    @Parent() report: CompletionReport,
    @CurrentLocale() locale: Locale,
  ): Promise<ReportRegion[]> {
    const codes = await this.service.regionCodes(report);
    return codes.map((code) => ({ code, name: regionName(code, locale) ?? REGION_NOT_STATED[locale] }));
  }
}
