import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { findEnrolledInProgram, findInvitationsOf } from '../enrollment/invitation.queries.js';
import type { Sentence } from '../formats/import/import-problems.js';
import { readRosterFile } from './roster-file.js';
import type { ReadRoster, ReadRow } from './roster-rows.rules.js';
import { reasons } from './roster-reasons.rules.js';
import { Roster } from './roster.entity.js';
import { findContent, insertRows, lockRoster, type NewRow } from './roster.queries.js';
import { fileRefusals, RosterRefused } from './roster.rules.js';

/** Rows that are looked up and kept in one statement. */
const CHUNK = 1_000;

/** The dry run: reads a file, keeps its people with what would become of each, and forgets the file. */
@Injectable()
export class RosterReading {
  private readonly logger = new Logger(RosterReading.name);

  constructor(private readonly clock: Clock) {}

  /** Whatever is in the file, its manager reads what came of it. */
  async read(tx: Tx, rosterId: string): Promise<void> {
    const roster = await lockRoster(tx, rosterId);
    if (roster?.state !== 'UPLOADED') return;
    const read = await this.readFile(roster.fileName, await findContent(tx, rosterId));
    const updatedAt = this.clock.now();
    if ('failure' in read) {
      await tx.update(Roster, { id: rosterId }, { state: 'FAILED', ...read, content: null, updatedAt });
      return;
    }
    let doneCount = 0;
    for (let from = 0; from < read.rows.length; from += CHUNK) {
      const rows = await this.judge(tx, roster, read.rows.slice(from, from + CHUNK));
      await insertRows(tx, rosterId, rows);
      doneCount += rows.filter(({ isDone }) => isDone).length;
    }
    const result = { state: 'READY' as const, notes: read.notes, rowCount: read.rows.length, doneCount };
    await tx.update(Roster, { id: rosterId }, { ...result, content: null, updatedAt });
  }

  private async readFile(name: string, content: Buffer): Promise<ReadRoster | { failure: Sentence }> {
    try {
      return await readRosterFile(name, content);
    } catch (error) {
      if (error instanceof RosterRefused) return { failure: error.sentence };
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { failure: fileRefusals.ourFault() };
    }
  }

  /** By what the program knows of people: a dry run must not tell who has an account, or what they do elsewhere. */
  private async judge(tx: Tx, roster: Roster, rows: readonly ReadRow[]): Promise<NewRow[]> {
    const emails = rows.filter(({ outcome }) => outcome === 'TO_ENROLL').map(({ email }) => email);
    const enrolled = await findEnrolledInProgram(tx, roster, emails);
    const invited = await findInvitationsOf(tx, roster, emails);
    return rows.map((row): NewRow => {
      if (row.outcome !== 'TO_ENROLL') return { ...row, isDone: true };
      const [enrollment, invitation] = [enrolled.get(row.email)?.state, invited.get(row.email)?.state];
      const waiting = { ...row, isDone: false };
      if (enrollment === 'ACTIVE' || enrollment === 'COMPLETED')
        return { ...waiting, outcome: 'ALREADY_ENROLLED' };
      if (invitation === 'INVITED') return { ...waiting, outcome: 'ALREADY_INVITED' };
      if (invitation === 'DECLINED') return { ...waiting, outcome: 'REFUSED', ...reasons.DECLINED() };
      if (enrollment === 'WITHDRAWN') return { ...waiting, outcome: 'REFUSED', ...reasons.LEFT() };
      return waiting;
    });
  }
}
