import type { Viewer } from '../../platform/access/viewer.js';
import type { Person } from './person.entity.js';

/** An account (address, roles, age) is its owner's to see, and administrators'. To others a person is a name. */
export const maySeeAccount = (viewer: Viewer | null, person: Person): boolean =>
  viewer !== null && (viewer.personId === person.id || viewer.roles.has('ADMIN'));
