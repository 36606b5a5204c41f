import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database, type Tx } from '../database/database.js';
import { Ids } from '../ids.js';

/** Who did what, on what. */
export interface AuditFact {
  actorId: string | null;
  /** The mutation or query, such as `courseVersionPublish`. */
  action: string;
  /** The thing acted on, such as `course:<id>`. */
  subject?: string;
  ip?: string;
  detail?: object;
}

/** The append-only record of acts that someone may later ask about, refused attempts included. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Records an act in the transaction that does it. */
  async done(tx: Tx, fact: AuditFact): Promise<void> {
    await this.insert(tx, fact, 'DONE');
  }

  /** Records a refused attempt, on its own: what was refused rolled back. */
  async refused(fact: AuditFact): Promise<void> {
    await this.insert(this.database.dataSource.manager, fact, 'REFUSED');
  }

  private async insert(tx: Tx, fact: AuditFact, outcome: 'DONE' | 'REFUSED'): Promise<void> {
    await tx.query(
      `INSERT INTO audit_entry (id, occurred_at, actor_id, action, subject, outcome, ip, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        this.ids.next(),
        this.clock.now(),
        fact.actorId,
        fact.action,
        fact.subject ?? null,
        outcome,
        fact.ip ?? null,
        fact.detail ? JSON.stringify(fact.detail) : null,
      ],
    );
  }
}
