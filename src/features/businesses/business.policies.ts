import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { HiddenError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { memberBusinessIds } from './business.queries.js';

/**
 * A business is its members' to see and to act for.
 * @returns the id, checked. @throws NotFoundError, the same for one that does not exist.
 */
export async function requireMember(tx: Tx, viewer: Viewer, businessId: string): Promise<string> {
  const id = parseId(businessId);
  const own = await memberBusinessIds(tx, viewer.personId, [id]);
  if (!own.has(id)) throw new HiddenError(`business:${id}`);
  return id;
}
