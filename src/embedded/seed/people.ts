import type { INestApplicationContext } from '@nestjs/common';
import { BusinessService } from '../../features/businesses/business.service.js';
import { findOrCreatePerson } from '../../features/identity/identity.queries.js';
import { Person } from '../../features/identity/person.entity.js';
import type { Role, Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import type { Locale } from '../../platform/locale.js';
import { ZONE } from './history.rules.js';

/** A person of the demonstration, as if they had signed in before. */
export async function ensurePerson(
  app: INestApplicationContext,
  { email, name, locale, roles }: { email: string; name: string; locale: Locale; roles: Role[] },
): Promise<Viewer> {
  const now = app.get(Clock).now();
  const person = await app.get(Database).transaction(async (tx) => {
    const { id } = await findOrCreatePerson(tx, {
      id: app.get(Ids).next(),
      email,
      locale,
      timeZone: ZONE,
      createdAt: now,
    });
    await tx.update(Person, { id }, { name, roles });
    return tx.findOneByOrFail(Person, { id });
  });
  const { timeZone } = person;
  return {
    personId: person.id,
    email,
    locale,
    timeZone,
    roles: new Set(roles),
    sessionHash: Buffer.alloc(0),
  };
}

/** The bakery of the demonstration's owner. */
export async function ensureBusiness(app: INestApplicationContext, owner: Viewer): Promise<void> {
  const businesses = app.get(BusinessService);
  if ((await businesses.listOf(owner)).length > 0) return;
  const facts = {
    COUNTRY: 'FR',
    REGION: 'FR-IDF',
    HEADCOUNT: '4',
    FOR_PROFIT: 'true',
    TRADING_SINCE: '2019-03-01',
    SECTOR: '10.7',
  };
  await businesses.create(owner, {
    name: 'Boulangerie Benali',
    registrationNumber: '000 000 001',
    facts: Object.entries(facts).map(([kind, value]) => ({
      kind: kind as keyof typeof facts,
      value,
      asOf: '2019-03-01',
    })),
  });
}
