import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { parseInput } from '../../platform/input.js';
import { LOCALES } from '../../platform/locale.js';
import { Person } from './person.entity.js';
import { isTimeZone, signInRefusals } from './sign-in.rules.js';

const profileSchema = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  locale: z.enum(LOCALES).optional(),
  timeZone: z.string().max(64).optional(),
});

/** What a person says about themselves. */
@Injectable()
export class ProfileService {
  constructor(private readonly database: Database) {}

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
}
