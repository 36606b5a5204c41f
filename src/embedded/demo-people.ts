import type { Role } from '../platform/access/viewer.js';
import type { Locale } from '../platform/locale.js';

export interface DemoPerson {
  email: string;
  name: string;
  locale: Locale;
  roles: Role[];
  /** What one signs in as them for. */
  what: string;
}

/** The people of the demonstration. Their addresses belong to nobody (RFC 2606). */
export const DEMO_PEOPLE = {
  owner: {
    email: 'owner@tremplin.example',
    name: 'Nadia Benali',
    locale: 'fr',
    roles: [],
    what: 'runs a bakery near Paris: learns, earns the badge, asks for the grant',
  },
  trainer: {
    email: 'trainer@tremplin.example',
    name: 'Thomas Roux',
    locale: 'en',
    roles: ['TRAINER'],
    what: 'authors the course',
  },
  manager: {
    email: 'manager@tremplin.example',
    name: 'Claire Martin',
    locale: 'en',
    roles: ['MANAGER'],
    what: 'runs the program and its grant call',
  },
  admin: {
    email: 'admin@tremplin.example',
    name: 'Alex Petit',
    locale: 'en',
    roles: ['ADMIN'],
    what: 'looks after people and parked work',
  },
} satisfies Record<string, DemoPerson>;
