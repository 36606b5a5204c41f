import { Args, Field, Int, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { ConnectionType, PageArgs, withNodes, type ConnectionOf } from '../../platform/graphql/connection.js';
import { CurrentLocale, CurrentViewer } from '../../platform/graphql/context.js';
import type { Locale } from '../../platform/locale.js';
import { Outlines } from '../catalog/outlines.js';
import { RISK_REASON_CODES, type RiskReason } from './at-risk.rules.js';
import { reasonSentence } from './at-risk.sentences.js';
import { ProgramLearnerService, type FoundAtRisk, type FoundLearner } from './program-learner.service.js';
import { regionName, statedRegion } from './region.rules.js';
import { ProgramFilterArgs, ProgramLearner, StageArgs } from './report.types.js';

const RiskReasonEnum = Object.fromEntries(RISK_REASON_CODES.map((code) => [code, code]));
registerEnumType(RiskReasonEnum, {
  name: 'RiskReasonCode',
  description: 'Why somebody may not finish; defined in docs/definitions.md.',
});

@ObjectType('RiskReason', { description: 'Why somebody may not finish, with its figures.' })
class RiskReasonType {
  @Field(() => RiskReasonEnum)
  code!: RiskReason['code'];

  @Field(() => String)
  sentence!: string;
}

@ObjectType({ description: 'Somebody enrolled who may not finish.' })
class LearnerAtRisk extends ProgramLearner {
  @Field(() => [RiskReasonType], { description: 'At least one.' })
  reasons!: RiskReasonType[];
}

@ObjectType()
class LearnerAtRiskConnection extends ConnectionType(LearnerAtRisk, 'LearnerAtRisk', { isAbstract: true }) {
  @Field(() => Int, { description: 'On all pages.' })
  totalCount!: number;

  @Field(() => Int, {
    description: 'Away for so long that they are not listed: gone rather than at risk.',
  })
  goneCount!: number;
}

const ProgramLearnerConnection = ConnectionType(ProgramLearner, 'ProgramLearner');

/** The people behind a program's figures. */
@Resolver()
export class ProgramLearnerResolver {
  constructor(
    private readonly service: ProgramLearnerService,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => LearnerAtRiskConnection, {
    description:
      'For the managers of the program. Most urgent first: more reasons, then longer without activity.',
  })
  async learnersAtRisk(
    @Args() { programId, ...filters }: ProgramFilterArgs,
    @Args() page: PageArgs,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: Locale,
  ): Promise<LearnerAtRiskConnection> {
    const { totalCount, goneCount, ...found } = await this.service.atRisk(viewer, programId, filters, page);
    const nodes = await Promise.all(found.nodes.map((each) => this.present(each, locale)));
    return { ...withNodes(found, nodes), totalCount, goneCount };
  }

  @Access('SIGNED_IN')
  @Query(() => ProgramLearnerConnection, {
    description:
      'For the managers of the program: whom a stage of the funnel counts, in the order they enrolled.',
  })
  async enrollmentsInStage(
    @Args() { programId, ...filters }: StageArgs,
    @Args() page: PageArgs,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: Locale,
  ): Promise<ConnectionOf<ProgramLearner>> {
    const found = await this.service.inStage(viewer, programId, filters, page);
    return withNodes(
      found,
      found.nodes.map((each) => presentLearner(each, locale)),
    );
  }

  private async present({ reasons, ...found }: FoundAtRisk, locale: Locale): Promise<LearnerAtRisk> {
    const outline = await this.outlines.require(found.enrollment.versionId);
    const lessons = outline.modulesIn(locale).flatMap((module) => module.lessons);
    const titleOf = (key: string): string => lessons.find((lesson) => lesson.key === key)?.title ?? key;
    return {
      ...presentLearner(found, locale),
      reasons: reasons.map((reason) => ({
        code: reason.code,
        sentence: reasonSentence(reason, locale, titleOf),
      })),
    };
  }
}

const presentLearner = (
  { enrollment, person, cohort, regionCode }: FoundLearner,
  locale: Locale,
): ProgramLearner => ({
  enrollment,
  person,
  email: person.email,
  cohort,
  regionCode: statedRegion(regionCode),
  regionName: regionName(regionCode, locale),
  lastActivityAt: enrollment.lastActivityAt,
});
