import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { isTimeZone, signInRefusals } from '../identity/sign-in.rules.js';
import { Cohort, CohortCourse, Program } from '../programs/program.entity.js';
import { requireManager } from '../programs/program.policies.js';
import { findCoursesOf, lockCohort } from '../programs/program.queries.js';
import { CohortChange } from './cohort-change.entity.js';
import { countSeatsTaken, findChosenIds, hasSeat } from './cohort.queries.js';
import {
  changedFields,
  cohortRefusals,
  refusalOfPlan,
  refusalToJoin,
  type CohortPlan,
} from './cohort.rules.js';

const nameSchema = z.object({ name: z.string().trim().min(1).max(120) });

/** What a manager says of a cohort. */
export interface CohortWish {
  name: string;
  /** Days are `YYYY-MM-DD`, in the cohort's time zone. */
  startsOn: string;
  endsOn: string;
  /** IANA; left out, the program's. */
  timeZone?: string | null;
  learningEndsOn?: string | null;
  seats?: number | null;
  /** Null: all that the program offers. */
  courseIds?: string[] | null;
}

/** The intakes of a program: set up by its managers, and joined by learners. */
@Injectable()
export class CohortService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @throws NotFoundError when the program is not the viewer's to run; DomainError about what is wrong with the plan:
   *   `COHORT_ENDS_BEFORE_START`, `LEARNING_ENDS_TOO_EARLY`, `LEARNING_ENDS_IN_PAST`, `SEATS_OUT_OF_RANGE`, `TIME_ZONE_UNKNOWN`,
   *   `COHORT_COURSE_UNKNOWN`, `COHORT_WITHOUT_COURSES`, or about its name
   */
  async create(viewer: Viewer, programId: string, wish: CohortWish): Promise<Cohort> {
    const { name } = parseInput(nameSchema, wish);
    return this.database.transaction(async (tx) => {
      const id = await requireManager(tx, viewer, programId);
      const program = await tx.findOneByOrFail(Program, { id });
      const { startsOn, endsOn, learningEndsOn = null, seats = null } = wish;
      const timeZone = wish.timeZone ?? program.timeZone;
      const cohort: Cohort = {
        id: this.ids.next(),
        programId: id,
        name,
        startsOn,
        endsOn,
        timeZone,
        learningEndsOn,
        seats,
        revision: 1,
      };
      this.check(cohort, null, 0);
      await tx.insert(Cohort, cohort);
      await this.choose(tx, cohort, wish.courseIds ?? null);
      await this.note(tx, viewer, 'cohortCreate', cohort);
      return cohort;
    });
  }

  /**
   * @param changes what is left out stays; null takes a limit away.
   * @param changes.expectedRevision of the cohort that was changed. Of two managers the later one is told.
   * @throws as {@link create}, and DomainError `COHORT_CHANGED`, `SEATS_BELOW_TAKEN`
   */
  async update(
    viewer: Viewer,
    cohortId: string,
    { expectedRevision, ...changes }: Partial<CohortWish> & { expectedRevision: number },
  ): Promise<Cohort> {
    const named = changes.name === undefined ? {} : parseInput(nameSchema, changes);
    return this.database.transaction(async (tx) => {
      const cohort = await lockCohort(tx, parseId(cohortId));
      if (!cohort) throw new NotFoundError();
      await requireManager(tx, viewer, cohort.programId);
      if (cohort.revision !== expectedRevision) throw new DomainError(cohortRefusals.COHORT_CHANGED);
      const { courseIds, name: _, ...plan } = changes;
      const given = Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined));
      const changed: Cohort = { ...cohort, ...given, ...named };
      this.check(changed, cohort, (await countSeatsTaken(tx, [cohort.id])).get(cohort.id)!);
      const before = { ...cohort, courseIds: await findChosenIds(tx, cohort.id) };
      if (courseIds !== undefined) await this.choose(tx, changed, courseIds);
      const fields = changedFields(before, { ...changed, courseIds: await findChosenIds(tx, cohort.id) });
      if (fields.length === 0) return cohort;
      changed.revision += 1;
      await tx.save(Cohort, changed);
      await tx.insert(CohortChange, {
        cohortId: cohort.id,
        revision: changed.revision,
        changedBy: viewer.personId,
        changedAt: this.clock.now(),
        fields,
      });
      await this.note(tx, viewer, 'cohortUpdate', changed);
      return changed;
    });
  }

  /**
   * Makes sure that there is a seat for a person, who has it when the transaction ends: the cohort stays locked until then.
   * @throws DomainError `COHORT_NOT_OPEN`, `COHORT_FULL`
   */
  async join(tx: Tx, cohort: Cohort, personId: string): Promise<void> {
    const refusal = refusalToJoin(cohort, this.clock.now());
    if (refusal) throw refusal;
    // A limit that is set at this moment waits, or is seen.
    if (cohort.seats === null && (await lockCohort(tx, cohort.id, 'SHARED'))!.seats === null) return;
    const { seats, name } = (await lockCohort(tx, cohort.id))!;
    if (seats === null || (await hasSeat(tx, cohort.id, personId))) return;
    if ((await countSeatsTaken(tx, [cohort.id])).get(cohort.id)! >= seats)
      throw new DomainError(cohortRefusals.COHORT_FULL, { cohort: name, seats });
  }

  private check(plan: CohortPlan, before: CohortPlan | null, taken: number): void {
    if (!isTimeZone(plan.timeZone)) throw new DomainError(signInRefusals.TIME_ZONE_UNKNOWN);
    const refusal = refusalOfPlan(plan, { before, taken, now: this.clock.now() });
    if (refusal) throw refusal;
  }

  private async choose(tx: Tx, cohort: Cohort, courseIds: string[] | null): Promise<void> {
    const ids = courseIds && [...new Set(courseIds.map(parseId))];
    if (ids?.length === 0) throw new DomainError(cohortRefusals.COHORT_WITHOUT_COURSES);
    const offered = (await findCoursesOf(tx, [cohort.programId])).get(cohort.programId)!;
    if (ids?.some((id) => !offered.some((course) => course.id === id)))
      throw new DomainError(cohortRefusals.COHORT_COURSE_UNKNOWN);
    await tx.delete(CohortCourse, { cohortId: cohort.id });
    if (ids) {
      await tx.insert(
        CohortCourse,
        ids.map((courseId) => ({ cohortId: cohort.id, courseId })),
      );
    }
  }

  private async note(tx: Tx, viewer: Viewer, action: string, cohort: Cohort): Promise<void> {
    const { id, programId: _, ...detail } = cohort;
    await this.audit.done(tx, { actorId: viewer.personId, action, subject: `cohort:${id}`, detail });
  }
}
