import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { readPage, withNodes, type ConnectionOf, type PageArgs } from '../../platform/graphql/connection.js';
import { instantOf } from '../../platform/local-time.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { courseIdsOf } from '../grants/eligibility.conditions.js';
import { findRulesInForce } from '../grants/grants.queries.js';
import { findPeople } from '../identity/identity.queries.js';
import type { Person } from '../identity/person.entity.js';
import { requireManager } from '../programs/program.policies.js';
import type { Cohort } from '../programs/program.entity.js';
import { findCohortsOf } from '../programs/program.queries.js';
import {
  isGone,
  isUrgencyKey,
  riskReasons,
  urgencyKey,
  type Deadline,
  type RiskReason,
} from './at-risk.rules.js';
import type { FunnelStage } from './completion-report.rules.js';
import {
  findCallsOf,
  findEnrollments,
  findInStage,
  findUnfinished,
  type LearnerRow,
  type UnfinishedRow,
} from './program-learner.queries.js';
import { readScope, type ReportFilters, type ReportScope } from './report-scope.rules.js';

/** Somebody enrolled in a program, with what a manager needs to write to them. */
export interface FoundLearner {
  enrollment: Enrollment;
  person: Person;
  cohort: Cohort;
  /** NOT_STATED without a region. */
  regionCode: string;
}
export type FoundAtRisk = FoundLearner & { reasons: RiskReason[] };

/** The people behind a program's figures. Read-only. */
@Injectable()
export class ProgramLearnerService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Those at risk, most urgent first. Who is at risk is judged here, row by row: the rule stands in one place, and the
   * reading grows with the enrollments that are not completed.
   * @throws NotFoundError when the viewer does not run the program; BadInputError about a filter or the page.
   */
  async atRisk(
    viewer: Viewer,
    programId: string,
    filters: ReportFilters,
    page: PageArgs,
  ): Promise<ConnectionOf<FoundAtRisk> & { totalCount: number; goneCount: number }> {
    const asOf = this.clock.now();
    return this.database.read(async (tx) => {
      const scope = readScope(await requireManager(tx, viewer, programId), filters, asOf);
      const deadlines = await findDeadlines(tx, scope);
      const unfinished = await findUnfinished(tx, scope);
      const listed = unfinished
        .map((row) => judge(row, deadlines, asOf))
        .filter(({ reasons }) => reasons.length > 0)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const found = await readPage(
        page,
        ({ key }: Judged) => key,
        async (after, limit) => listed.filter(({ key }) => after === null || key > after).slice(0, limit),
        isUrgencyKey,
      );
      const learners = await findLearners(
        tx,
        scope,
        found.nodes.map(({ row }) => row),
      );
      return {
        ...withNodes(
          found,
          found.nodes.map(({ reasons }, index) => ({ ...learners[index]!, reasons })),
        ),
        totalCount: listed.length,
        goneCount: unfinished.filter((row) => isGone(row, asOf)).length,
      };
    });
  }

  /**
   * Those whom a stage of the funnel counts, in the order they enrolled.
   * @throws NotFoundError when the viewer does not run the program; BadInputError about a filter or the page.
   */
  async inStage(
    viewer: Viewer,
    programId: string,
    { stage, ...filters }: ReportFilters & { stage: FunnelStage },
    page: PageArgs,
  ): Promise<ConnectionOf<FoundLearner>> {
    const asOf = this.clock.now();
    return this.database.read(async (tx) => {
      const scope = readScope(await requireManager(tx, viewer, programId), filters, asOf);
      const found = await readPage(
        page,
        ({ enrollmentId }: LearnerRow) => enrollmentId,
        (afterId, limit) => findInStage(tx, scope, stage, { afterId, limit }),
      );
      return withNodes(found, await findLearners(tx, scope, found.nodes));
    });
  }
}

interface Judged {
  row: UnfinishedRow;
  reasons: RiskReason[];
  /** By which the list is ordered. */
  key: string;
}

function judge(row: UnfinishedRow, deadlines: ReadonlyMap<string, Deadline>, asOf: Date): Judged {
  const reasons = riskReasons({ ...row, deadline: deadlines.get(row.courseId) ?? null }, asOf);
  return { row, reasons, key: urgencyKey({ ...row, reasons }) };
}

/** Until when each course must be finished: the close of the first call of the program, not closed yet, that asks for its badge. */
async function findDeadlines(tx: Tx, { programId, asOf }: ReportScope): Promise<Map<string, Deadline>> {
  const calls = await findCallsOf(tx, programId);
  const rules = await findRulesInForce(
    tx,
    calls.map(({ id }) => id),
  );
  const deadlines = new Map<string, Deadline>();
  for (const { id, closesLocal, timeZone } of calls) {
    const closesAt = instantOf(closesLocal, timeZone);
    if (closesAt < asOf) continue;
    for (const courseId of courseIdsOf(rules.get(id)!.tree)) {
      const known = deadlines.get(courseId);
      if (!known || closesAt < known.closesAt) deadlines.set(courseId, { closesAt, timeZone });
    }
  }
  return deadlines;
}

/** Who they are, in the order of the rows, in as many statements for one as for a hundred. */
async function findLearners(tx: Tx, { programId }: ReportScope, rows: LearnerRow[]): Promise<FoundLearner[]> {
  const enrollments = await findEnrollments(
    tx,
    rows.map(({ enrollmentId }) => enrollmentId),
  );
  const people = await findPeople(
    tx,
    [...enrollments.values()].map(({ personId }) => personId),
  );
  const cohorts = new Map(
    (await findCohortsOf(tx, [programId])).get(programId)!.map((cohort) => [cohort.id, cohort]),
  );
  return rows.map(({ enrollmentId, regionCode }) => {
    const enrollment = enrollments.get(enrollmentId)!;
    return {
      enrollment,
      person: people.get(enrollment.personId)!,
      cohort: cohorts.get(enrollment.cohortId!)!,
      regionCode,
    };
  });
}
