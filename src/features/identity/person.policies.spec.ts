import type { Role, Viewer } from '../../platform/access/viewer.js';
import type { Person } from './person.entity.js';
import { maySeeAccount } from './person.policies.js';

const as = (personId: string, ...roles: Role[]): Viewer =>
  ({ personId, roles: new Set(roles) }) as Partial<Viewer> as Viewer;

describe('maySeeAccount', () => {
  it.each([
    ['a visitor', null, false],
    ['its owner', as('one'), true],
    ['somebody else', as('two'), false],
    ['a trainer and manager', as('two', 'TRAINER', 'MANAGER'), false],
    ['an administrator', as('two', 'ADMIN'), true],
  ])('%s', (_who, viewer, expected) => {
    expect(maySeeAccount(viewer, { id: 'one' } as Person)).toBe(expected);
  });
});
