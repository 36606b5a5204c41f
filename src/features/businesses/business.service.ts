import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, sqlState, type Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { BusinessFact } from './business-fact.entity.js';
import { Business, BusinessMember } from './business.entity.js';
import { requireMember } from './business.policies.js';
import { findBusinessesOf } from './business.queries.js';
import {
  businessRefusals,
  FACT_KINDS,
  isCalendarDate,
  parseFactValue,
  plainRegistrationNumber,
} from './business.rules.js';

const UNIQUE_VIOLATION = '23505';

const factSchema = z.object({
  kind: z.enum(FACT_KINDS),
  value: z.string().min(1).max(100),
  asOf: z.string().max(10),
});
const businessSchema = z.object({
  name: z.string().trim().min(1).max(160),
  registrationNumber: z.string().transform(plainRegistrationNumber).pipe(z.string().min(1).max(30)).nullish(),
  facts: z.array(factSchema).max(20).default([]),
});

export type FactInput = z.input<typeof factSchema>;

/** Businesses and what is true of them. */
@Injectable()
export class BusinessService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  listOf(viewer: Viewer): Promise<Business[]> {
    return this.database.read((tx) => findBusinessesOf(tx, viewer.personId));
  }

  /**
   * Registers a business, with the viewer as its first member.
   * @throws DomainError `REGISTRATION_NUMBER_TAKEN`, or about a fact that is not well formed, whose place is in the field:
   *   `facts.2.value`.
   */
  async create(viewer: Viewer, input: z.input<typeof businessSchema>): Promise<Business> {
    const { name, registrationNumber, facts } = parseInput(businessSchema, input);
    const now = this.clock.now();
    const business: Business = {
      id: this.ids.next(),
      name,
      registrationNumber: registrationNumber ?? null,
      createdAt: now,
    };
    try {
      return await this.database.transaction(async (tx) => {
        await tx.insert(Business, business);
        await tx.insert(BusinessMember, {
          businessId: business.id,
          personId: viewer.personId,
          createdAt: now,
        });
        for (const [index, fact] of facts.entries()) {
          await this.insertFact(tx, viewer, business.id, fact).catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
            throw new DomainError(error.refusal, error.values, `facts.${index}.${error.field}`);
          });
        }
        return business;
      });
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION)
        throw new DomainError(businessRefusals.REGISTRATION_NUMBER_TAKEN);
      throw error;
    }
  }

  /**
   * Adds a dated fact. Earlier ones stay: a decision that was made on them can be made again.
   * @throws NotFoundError when the business is not the viewer's; DomainError when the fact is not well formed.
   */
  async recordFact(viewer: Viewer, businessId: string, input: FactInput): Promise<BusinessFact> {
    const fact = parseInput(factSchema, input);
    return this.database.transaction(async (tx) => {
      const id = await requireMember(tx, viewer, businessId);
      return this.insertFact(tx, viewer, id, fact);
    });
  }

  private async insertFact(
    tx: Tx,
    viewer: Viewer,
    businessId: string,
    fact: FactInput,
  ): Promise<BusinessFact> {
    const parsed = parseFactValue(fact.kind, fact.value);
    if ('refusal' in parsed) throw new DomainError(businessRefusals[parsed.refusal]);
    const now = this.clock.now();
    if (!isCalendarDate(fact.asOf)) throw new DomainError(businessRefusals.DATE_INVALID, {}, 'asOf');
    // Compared with the day it is in the easternmost zone (UTC+14): today's date is never refused, wherever one is.
    const latest = DateTime.fromJSDate(now).setZone('UTC+14').toISODate()!;
    if (fact.asOf > latest) throw new DomainError(businessRefusals.DATE_IN_FUTURE);
    if (fact.kind === 'TRADING_SINCE' && String(parsed.value) > latest) {
      throw new DomainError(businessRefusals.DATE_IN_FUTURE, {}, 'value');
    }
    const row: BusinessFact = {
      id: this.ids.next(),
      businessId,
      kind: fact.kind,
      value: parsed.value,
      asOf: fact.asOf,
      recordedAt: now,
      recordedBy: viewer.personId,
    };
    await tx.query(
      `INSERT INTO business_fact (id, business_id, kind, value, as_of, recorded_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.businessId, row.kind, JSON.stringify(row.value), row.asOf, row.recordedAt, row.recordedBy],
    );
    return row;
  }
}
