import { SetMetadata } from '@nestjs/common';
import type { Role } from './viewer.js';

/** Who may call: anyone, anyone signed in, or those with a role. What they may see of it is the policies' matter. */
export type AccessRule = 'PUBLIC' | 'SIGNED_IN' | Role;

export const ACCESS = 'tremplin:access';

/** Declares who may call a query, mutation or route. Without it nobody may. */
export const Access = (rule: AccessRule) => SetMetadata(ACCESS, rule);
