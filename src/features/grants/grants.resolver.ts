import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime, JSONObject } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { instantOf } from '../../platform/local-time.js';
import { inLocale, type Locale } from '../../platform/locale.js';
import { REGION_NAMES } from '../businesses/region-names.js';
import type { EligibilityAction } from './eligibility.actions.js';
import { conditionsOf } from './eligibility.conditions.js';
import { evidenceSentence, sourceName } from './eligibility.evidence.js';
import { actionSentence, conditionSentence, stepSentence } from './eligibility.sentences.js';
import { EligibilityService, type EligibilityAnswer } from './eligibility.service.js';
import { Eligibility, type ActionType, type ConditionType } from './eligibility.types.js';
import { GrantCall } from './grant-call.entity.js';
import { findCalls, findRulesInForce } from './grants.queries.js';

const GrantCallConnection = ConnectionType(GrantCall, 'GrantCall');

@Resolver(() => GrantCall)
export class GrantCallResolver {
  constructor(private readonly database: Database) {}

  @Access('PUBLIC')
  @Query(() => GrantCallConnection, { description: 'Oldest first.' })
  grantCalls(@Args() page: PageArgs) {
    return readPage(
      page,
      (call: GrantCall) => call.id,
      (after, limit) => this.database.read((tx) => findCalls(tx, after, limit)),
    );
  }

  @Access('PUBLIC')
  @Query(() => GrantCall, { nullable: true, description: 'Null when there is no such call.' })
  grantCall(@Args('id', { type: () => ID }) id: string): Promise<GrantCall | null> {
    return this.database.read((tx) => tx.findOneBy(GrantCall, { id: parseId(id) }));
  }

  @ResolveField(() => String)
  name(@Parent() { names }: GrantCall, @CurrentLocale() locale: string): string {
    return inLocale(names, locale) ?? '';
  }

  @ResolveField(() => DateTime)
  opensAt(@Parent() { opensLocal, timeZone }: GrantCall): Date {
    return instantOf(opensLocal, timeZone);
  }

  @ResolveField(() => DateTime)
  closesAt(@Parent() { closesLocal, timeZone }: GrantCall): Date {
    return instantOf(closesLocal, timeZone);
  }

  @ResolveField(() => JSONObject, { description: 'The rules in force, as a tree of conditions.' })
  async rules(@Parent() { id }: GrantCall, @Context() { loaders }: GraphqlContext): Promise<object> {
    const ruleSet = await loaders.load(findRulesInForce, id, (ids) =>
      this.database.read((tx) => findRulesInForce(tx, ids)),
    );
    return ruleSet!.tree;
  }
}

@Resolver()
export class EligibilityResolver {
  constructor(private readonly service: EligibilityService) {}

  @Access('SIGNED_IN')
  @Query(() => Eligibility, {
    description: 'Whether a business may have a grant now, and why. For its members.',
  })
  async eligibility(
    @Args('callId', { type: () => ID }) callId: string,
    @Args('businessId', {
      type: () => ID,
      nullable: true,
      description: "The viewer's only business when left out.",
    })
    businessId: string | null,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: Locale,
  ): Promise<Eligibility> {
    return present(await this.service.evaluate(viewer, callId, businessId), viewer, locale);
  }
}

function present(
  { call, ruleSet, facts, names, at, verdict }: EligibilityAnswer,
  viewer: Viewer,
  locale: Locale,
): Eligibility {
  const conditions = new Map(conditionsOf(ruleSet.tree).map(({ condition }) => [condition.key, condition]));
  const context = {
    timeZone: call.timeZone,
    courseTitles: Object.fromEntries(
      facts.training.map(({ courseId, courseTitle }) => [courseId, courseTitle]),
    ),
    regionNames: REGION_NAMES,
    viewerId: viewer.personId,
    names,
  };
  return {
    answer: verdict.answer,
    call,
    ruleSetNumber: ruleSet.number,
    evaluatedAt: new Date(at.now),
    conditions: verdict.conditions.map((outcome): ConditionType => {
      const condition = conditions.get(outcome.key)!;
      return {
        ...outcome,
        sentence: conditionSentence(condition, outcome, locale, context),
        evidence: outcome.evidence.map((evidence) => ({
          ...evidence,
          value: String(evidence.value),
          // Whose badge it is stays out: the certificate says it to those who may open it.
          source: evidence.asOf ? sourceName(evidence, locale, context) : undefined,
          sentence: evidenceSentence(evidence, condition, locale, context),
        })),
      };
    }),
    actions: verdict.actions.map((action) => presentAction(action, locale, call.timeZone)),
    minutesToEligible: verdict.minutesToEligible,
  };
}

function presentAction(action: EligibilityAction, locale: Locale, timeZone: string): ActionType {
  const course = action.kind === 'FINISH_COURSE' ? action : undefined;
  return {
    kind: action.kind,
    conditionKeys: action.conditionKeys,
    sentence: actionSentence(action, locale, timeZone),
    minutes: action.minutes,
    before: action.before === null ? null : new Date(action.before),
    courseId: course?.courseId,
    courseSlug: course?.courseSlug,
    factKind: action.kind === 'STATE_FACT' ? action.factKind : undefined,
    factAsOf: action.kind === 'STATE_FACT' ? action.asOf : undefined,
    steps: (course?.steps ?? []).map((step) => ({
      lessonKey: step.lessonKey,
      minutes: step.minutes,
      sentence: stepSentence(step, locale),
    })),
  };
}
