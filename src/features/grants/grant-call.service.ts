import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Ids, isId } from '../../platform/ids.js';
import { instantOf } from '../../platform/local-time.js';
import type { Localized } from '../../platform/locale.js';
import { courseIdsAskedBy, ruleTreeSchema, type RuleNode } from './eligibility.conditions.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';
import { findCallsClosingFrom, findRulesInForce } from './grants.queries.js';

/** Everything a call starts with. */
export interface NewCall {
  programId: string;
  names: Localized;
  /** ISO 8601 local date and time, such as `2026-09-01T09:00`. */
  opensLocal: string;
  closesLocal: string;
  /** IANA time zone. */
  timeZone: string;
  rules: RuleNode;
  createdBy: string;
}

/** Sets calls up, and finds those that a course leads to. */
@Injectable()
export class GrantCallService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** For each of these courses the calls that ask for its badge and are not closed yet, the first to close first. */
  async findOpenFor(courseIds: readonly string[]): Promise<Map<string, GrantCall[]>> {
    const now = this.clock.now();
    return this.database.read(async (tx) => {
      const open = (await findCallsClosingFrom(tx, now))
        .map((call) => ({ call, closesAt: instantOf(call.closesLocal, call.timeZone) }))
        .filter(({ closesAt }) => closesAt >= now)
        .sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime());
      const rules = await findRulesInForce(
        tx,
        open.map(({ call }) => call.id),
      );
      const asked = open.map(({ call }) => ({ call, courses: courseIdsAskedBy(rules.get(call.id)!.tree) }));
      return new Map(
        courseIds.map((id) => [
          id,
          asked.filter(({ courses }) => courses.includes(id)).map(({ call }) => call),
        ]),
      );
    });
  }

  /** The courses whose badges an open call asks for; none when it is closed or there is no such call. */
  async findCoursesAskedBy(callId: string): Promise<string[]> {
    if (!isId(callId)) return [];
    return this.database.read(async (tx) => {
      const call = await tx.findOneBy(GrantCall, { id: callId });
      if (!call || instantOf(call.closesLocal, call.timeZone) < this.clock.now()) return [];
      return courseIdsAskedBy((await findRulesInForce(tx, [call.id])).get(call.id)!.tree);
    });
  }

  /**
   * @throws ZodError when the rules are not well formed, naming the place in the tree; RangeError when the window is
   *   no window, or its zone is unknown.
   */
  async create({ rules, createdBy, ...window }: NewCall): Promise<GrantCall> {
    const tree = ruleTreeSchema.parse(rules);
    if (instantOf(window.opensLocal, window.timeZone) >= instantOf(window.closesLocal, window.timeZone)) {
      throw new RangeError(
        `A call that opens at ${window.opensLocal} cannot close at ${window.closesLocal}.`,
      );
    }
    const createdAt = this.clock.now();
    const call: GrantCall = { id: this.ids.next(), createdAt, ...window };
    await this.database.transaction(async (tx) => {
      await tx.insert(GrantCall, call);
      const ruleSet = { id: this.ids.next(), callId: call.id, number: 1, tree, createdAt, createdBy };
      await tx.insert(RuleSet, ruleSet);
    });
    return call;
  }
}
