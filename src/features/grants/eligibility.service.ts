import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { instantOf } from '../../platform/local-time.js';
import { requireMember } from '../businesses/business.policies.js';
import { findBusinessesOf, findFacts, type FactRow } from '../businesses/business.queries.js';
import { courseIdsOf } from './eligibility.conditions.js';
import type { BusinessFact, EligibilityFacts, EvaluationInstant } from './eligibility.facts.js';
import { evaluateEligibility, type EligibilityVerdict } from './eligibility.rules.js';
import { EligibilityTraining } from './eligibility-training.service.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';
import { grantRefusals } from './grant-call.rules.js';
import { findRulesInForce } from './grants.queries.js';

/** An answer with everything it was made from. */
export interface EligibilityAnswer {
  call: GrantCall;
  ruleSet: RuleSet;
  facts: EligibilityFacts;
  /** What those who stated facts call themselves, by person id. */
  names: ReadonlyMap<string, string>;
  at: EvaluationInstant;
  verdict: EligibilityVerdict;
}

/** Gathers the facts about a business and its people, and asks the rules of a call. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly training: EligibilityTraining,
  ) {}

  /**
   * Whether a business may have a grant, as of now.
   * @param businessId the viewer's only business when left out.
   * @throws NotFoundError when the call does not exist, or the business is not the viewer's; DomainError `BUSINESS_NEEDED`
   */
  async evaluate(viewer: Viewer, callId: string, businessId?: string | null): Promise<EligibilityAnswer> {
    return this.database.read(async (tx) => {
      const call = await tx.findOneBy(GrantCall, { id: parseId(callId) });
      if (!call) throw new NotFoundError();
      const id = await this.chooseBusiness(tx, viewer, businessId);
      const ruleSet = (await findRulesInForce(tx, [call.id])).get(call.id)!;
      const at = {
        now: this.clock.now().toISOString(),
        closesAt: instantOf(call.closesLocal, call.timeZone).toISOString(),
        timeZone: call.timeZone,
      };
      const stated = (await findFacts(tx, [id])).get(id)!;
      const facts: EligibilityFacts = {
        business: stated.map(asBusinessFact),
        training: await this.training.factsOf(tx, viewer, id, courseIdsOf(ruleSet.tree)),
        humanAnswers: [],
      };
      const names = new Map(
        stated.flatMap(({ recordedBy, recordedByName }) =>
          recordedBy && recordedByName ? [[recordedBy, recordedByName]] : [],
        ),
      );
      return { call, ruleSet, facts, names, at, verdict: evaluateEligibility(ruleSet.tree, facts, at) };
    });
  }

  private async chooseBusiness(tx: Tx, viewer: Viewer, businessId?: string | null): Promise<string> {
    if (businessId) return requireMember(tx, viewer, businessId);
    const [only, ...others] = await findBusinessesOf(tx, viewer.personId);
    if (!only || others.length > 0) throw new DomainError(grantRefusals.BUSINESS_NEEDED);
    return only.id;
  }
}

const asBusinessFact = ({ kind, value, asOf, recordedAt, recordedBy }: FactRow): BusinessFact => ({
  kind,
  value,
  asOf,
  recordedAt: recordedAt.toISOString(),
  source: recordedBy ?? '', // erased
});
