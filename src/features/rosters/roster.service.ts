import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { requireIntake } from '../enrollment/invitation.policies.js';
import { Cohort } from '../programs/program.entity.js';
import { requireManager } from '../programs/program.policies.js';
import { Roster, RosterRow } from './roster.entity.js';
import { RosterBatchDue, RosterUploaded } from './roster.events.js';
import { isRosterName } from './roster-file.js';
import { findRosters, insertRoster, lockRoster } from './roster.queries.js';
import {
  fileRefusals,
  MOST_BYTES,
  refusedFile,
  requireApplicable,
  requireCancelable,
} from './roster.rules.js';

const nameSchema = z.object({ fileName: z.string().trim().min(1).max(255) });

/** Files with the people of a cohort, as the managers of its program send, read and apply them. */
@Injectable()
export class RosterService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Keeps a file and has it read; nobody is enrolled by that. The same file for the same course of a cohort is the same roster,
   * whatever became of it: what was applied is not applied again.
   * @throws what `requireIntake` throws; DomainError `ROSTER_FILE_REFUSED`
   */
  async upload(
    viewer: Viewer,
    input: { cohortId: string; courseId: string; fileName: string },
    body: AsyncIterable<Buffer>,
  ): Promise<Roster> {
    const { fileName } = parseInput(nameSchema, input);
    if (!isRosterName(fileName)) throw refusedFile(fileRefusals.ending());
    // Before the file comes in: nobody should wait to be told that it cannot go where they want it.
    await this.database.read((tx) => requireIntake(tx, viewer, input, this.clock.now()));
    const content = await contentOf(body);
    const contentHash = createHash('sha256').update(content).digest('hex');
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const cohort = await requireIntake(tx, viewer, input, now);
      const id = this.ids.next();
      const to = { cohortId: cohort.id, courseId: parseId(input.courseId), personId: viewer.personId };
      const kept = { id, ...to, fileName, bytes: content.length, contentHash };
      const roster = await insertRoster(tx, kept, content, now);
      if (roster.id === id) await this.outbox.record(tx, RosterUploaded, { rosterId: id });
      return roster;
    });
  }

  /**
   * Has the people enrolled and invited, in the background. Of two that ask at once, or later, the second changes nothing.
   * @throws NotFoundError; what `requireIntake` throws; DomainError `ROSTER_NOT_READY`
   */
  async apply(viewer: Viewer, id: string): Promise<Roster> {
    return this.database.transaction(async (tx) => {
      const roster = await this.lockManaged(tx, viewer, id);
      requireApplicable(roster.state);
      if (roster.state !== 'READY') return roster;
      const now = this.clock.now();
      await requireIntake(tx, viewer, roster, now);
      const changes = { state: 'APPLYING' as const, personId: viewer.personId, updatedAt: now };
      await tx.update(Roster, { id: roster.id }, changes);
      await this.outbox.record(tx, RosterBatchDue, { rosterId: roster.id });
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'rosterApply',
        subject: `roster:${roster.id}`,
        detail: { cohortId: roster.cohortId, courseId: roster.courseId, rows: roster.rowCount },
      });
      return Object.assign(roster, changes);
    });
  }

  /**
   * Gives up a roster that is not applied, and forgets its people.
   * @throws NotFoundError; DomainError `ROSTER_ENDED`
   */
  async cancel(viewer: Viewer, id: string): Promise<Roster> {
    return this.database.transaction(async (tx) => {
      const roster = await this.lockManaged(tx, viewer, id);
      requireCancelable(roster.state);
      await tx.delete(RosterRow, { rosterId: roster.id });
      const changes = { state: 'CANCELED' as const, updatedAt: this.clock.now() };
      await tx.update(Roster, { id: roster.id }, { ...changes, content: null });
      return Object.assign(roster, changes);
    });
  }

  /** @throws NotFoundError when there is none, or it is of a program that the viewer does not run. */
  async require(viewer: Viewer, id: string): Promise<Roster> {
    return this.database.read(async (tx) => {
      const roster = await tx.findOneBy(Roster, { id: parseId(id) });
      return requireManaged(tx, viewer, roster);
    });
  }

  /** @throws NotFoundError when the viewer does not run the program. */
  requireProgram(viewer: Viewer, programId: string): Promise<string> {
    return this.database.read((tx) => requireManager(tx, viewer, programId));
  }

  list(programId: string, beforeId: string | null, limit: number): Promise<Roster[]> {
    return this.database.read((tx) => findRosters(tx, programId, beforeId, limit));
  }

  private async lockManaged(tx: Tx, viewer: Viewer, id: string): Promise<Roster> {
    return requireManaged(tx, viewer, await lockRoster(tx, parseId(id)));
  }
}

async function requireManaged(tx: Tx, viewer: Viewer, roster: Roster | null): Promise<Roster> {
  if (!roster) throw new NotFoundError();
  const { programId } = await tx.findOneByOrFail(Cohort, { id: roster.cohortId });
  await requireManager(tx, viewer, programId);
  return roster;
}

async function contentOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw refusedFile(fileRefusals.tooLarge());
    chunks.push(chunk);
  }
  if (bytes === 0) throw refusedFile(fileRefusals.empty());
  return Buffer.concat(chunks);
}
