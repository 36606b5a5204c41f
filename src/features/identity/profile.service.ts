import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ROLES, type Role, type Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { LOCALES } from '../../platform/locale.js';
import { findOrCreatePerson, findPeopleBy, type PeopleFilter } from './identity.queries.js';
import { parseEmail } from './email.js';
import { Person, TEXT_SIZES } from './person.entity.js';
import { isTimeZone, signInRefusals } from './sign-in.rules.js';

const profileSchema = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  locale: z.enum(LOCALES).optional(),
  timeZone: z.string().max(64).optional(),
  textSize: z.enum(TEXT_SIZES).optional(),
  lowData: z.boolean().optional(),
});

const searchSchema = z.string().trim().max(254).default('');

/** What a person says about themselves, and what administrators say of them. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `TIME_ZONE_UNKNOWN`, or about a field that is empty or too long. */
  async update(viewer: Viewer, input: z.input<typeof profileSchema>): Promise<Person> {
    const changes = parseInput(profileSchema, input);
    if (changes.timeZone !== undefined && !isTimeZone(changes.timeZone)) {
      throw new DomainError(signInRefusals.TIME_ZONE_UNKNOWN);
    }
    return this.database.transaction(async (tx) => {
      if (Object.values(changes).some((value) => value !== undefined)) {
        await tx.update(Person, { id: viewer.personId }, changes);
      }
      return tx.findOneByOrFail(Person, { id: viewer.personId });
    });
  }

  get(viewer: Viewer): Promise<Person> {
    return this.database.read((tx) => tx.findOneByOrFail(Person, { id: viewer.personId }));
  }

  /** @throws DomainError about a search that is too long to find anything. */
  list(filter: Omit<PeopleFilter, 'search'> & { search: string | null | undefined }): Promise<Person[]> {
    const search = parseInput(searchSchema, filter.search ?? undefined);
    return this.database.read((tx) => findPeopleBy(tx, { ...filter, search }));
  }

  /**
   * Gives somebody exactly these roles. An unknown address becomes a person, who has them from their first sign-in on.
   * @throws DomainError `EMAIL_INVALID`; `OWN_ADMIN_ROLE`, so that there is always an administrator.
   */
  async setRoles(viewer: Viewer, input: { email: string; roles: Role[] }): Promise<Person> {
    const email = parseEmail(input.email);
    const roles = ROLES.filter((role) => input.roles.includes(role));
    if (email === viewer.email && !roles.includes('ADMIN'))
      throw new DomainError(signInRefusals.OWN_ADMIN_ROLE);
    return this.database.transaction(async (tx) => {
      const { locale, timeZone } = viewer;
      const { id } = await findOrCreatePerson(tx, {
        id: this.ids.next(),
        email,
        locale,
        timeZone,
        createdAt: this.clock.now(),
      });
      await tx.update(Person, { id }, { roles });
      const subject = `person:${id}`;
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'personRolesSet',
        subject,
        detail: { roles },
      });
      return tx.findOneByOrFail(Person, { id });
    });
  }
}
