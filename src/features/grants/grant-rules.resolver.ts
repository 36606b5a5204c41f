import { Context, Field, ID, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, type GraphqlContext } from '../../platform/graphql/context.js';
import type { Locale } from '../../platform/locale.js';
import { REGION_NAMES } from '../businesses/region-names.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Outlines } from '../catalog/outlines.js';
import { courseIdsAskedBy, courseIdsOf, type RuleNode } from './eligibility.conditions.js';
import { requirementSentence, requirementsOf } from './eligibility.requirements.js';
import { ConditionKindEnum } from './eligibility.types.js';
import { GrantCall } from './grant-call.entity.js';
import { GrantCallService } from './grant-call.service.js';
import { findCallsClosingFrom, findRulesInForce } from './grants.queries.js';

@ObjectType({
  description: 'A line of the rules of a call: one condition, or the heading of a group of lines.',
})
class GrantCondition {
  @Field(() => ID, { nullable: true, description: 'As in `EligibilityCondition`. Null for a heading.' })
  key!: string | null;

  @Field(() => ConditionKindEnum, { nullable: true, description: 'Null for a heading.' })
  kind!: keyof typeof ConditionKindEnum | null;

  @Field(() => Boolean, { description: 'Whether the rules ask that it not be so.' })
  negated!: boolean;

  @Field(() => Int, {
    description:
      '0 for what must all be met. The lines of a heading follow it, one level deeper; it says how many of them are needed.',
  })
  level!: number;

  @Field(() => String, { description: "What is asked, in the viewer's language." })
  sentence!: string;
}

/** What a call asks for, to people who have not asked about a business yet. */
@Resolver(() => GrantCall)
export class GrantRulesResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => [Course], { description: 'Those whose badges its rules ask for.' })
  async courses(@Parent() call: GrantCall, @Context() context: GraphqlContext): Promise<Course[]> {
    return this.publishedCourses(courseIdsAskedBy(await this.rulesOf(call, context)), context);
  }

  @ResolveField(() => [GrantCondition], { description: 'The rules in force, line by line.' })
  async conditions(
    @Parent() call: GrantCall,
    @CurrentLocale() locale: Locale,
    @Context() context: GraphqlContext,
  ): Promise<GrantCondition[]> {
    const rules = await this.rulesOf(call, context);
    const courses = await this.publishedCourses(courseIdsOf(rules), context);
    const titles = await Promise.all(
      courses.map(async ({ id, publishedVersionId }) => {
        const { version } = await this.outlines.require(publishedVersionId!);
        return [id, version.titles] as const;
      }),
    );
    const named = {
      timeZone: call.timeZone,
      closeDate: call.closesLocal.slice(0, 'YYYY-MM-DD'.length),
      courseTitles: Object.fromEntries(titles),
      regionNames: REGION_NAMES,
    };
    return requirementsOf(rules).map((requirement) => ({
      key: requirement.condition?.key ?? null,
      kind: requirement.condition?.kind ?? null,
      negated: requirement.negated,
      level: requirement.level,
      sentence: requirementSentence(requirement, locale, named),
    }));
  }

  private async rulesOf({ id }: GrantCall, { loaders }: GraphqlContext): Promise<RuleNode> {
    const ruleSet = await loaders.load(findRulesInForce, id, (ids) =>
      this.database.read((tx) => findRulesInForce(tx, ids)),
    );
    return ruleSet!.tree;
  }

  /** A rule may name a course that nobody can see yet: it stays out. */
  private async publishedCourses(ids: string[], { loaders }: GraphqlContext): Promise<Course[]> {
    const courses = await Promise.all(
      ids.map(async (id) =>
        loaders.load(findCourses, id, (several) => this.database.read((tx) => findCourses(tx, several))),
      ),
    );
    return courses.filter((course) => course !== undefined && course.publishedVersionId !== null) as Course[];
  }
}

@Resolver(() => Course)
export class CourseGrantCallsResolver {
  constructor(private readonly calls: GrantCallService) {}

  @ResolveField(() => [GrantCall], {
    description: 'Calls not yet closed whose rules ask for its badge, the first to close first.',
  })
  async grantCalls(@Parent() { id }: Course, @Context() { loaders }: GraphqlContext): Promise<GrantCall[]> {
    return (await loaders.load(findCallsClosingFrom, id, (ids) => this.calls.findOpenFor(ids))) ?? [];
  }
}
