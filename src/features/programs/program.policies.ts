import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { HiddenError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { managedProgramIds } from './program.queries.js';

/**
 * A program's figures and people are its managers' to see.
 * @returns the id, checked. @throws NotFoundError, the same for one that does not exist.
 */
export async function requireManager(tx: Tx, viewer: Viewer, programId: string): Promise<string> {
  const id = parseId(programId);
  const own = await managedProgramIds(tx, viewer.personId, [id]);
  if (!own.has(id)) throw new HiddenError(`program:${id}`);
  return id;
}
