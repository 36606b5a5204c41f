import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { HiddenError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import type { Enrollment } from './enrollment.entity.js';
import { lockEnrollment, touchEnrollment } from './enrollment.queries.js';

/**
 * Only the learner works on their enrollment. Locks it and notes the activity.
 * @throws NotFoundError, the same for one that does not exist.
 */
export async function requireOwnEnrollment(
  tx: Tx,
  viewer: Viewer,
  id: string,
  at: Date,
): Promise<Enrollment> {
  const enrollment = await touchEnrollment(tx, parseId(id), at);
  if (!enrollment) throw new NotFoundError();
  if (enrollment.personId !== viewer.personId) throw new HiddenError(`enrollment:${enrollment.id}`);
  return enrollment;
}

/**
 * The learner's own enrollment, locked for what is no learning.
 * @throws NotFoundError, the same for one that does not exist.
 */
export async function lockOwnEnrollment(tx: Tx, viewer: Viewer, id: string): Promise<Enrollment> {
  const enrollment = await lockEnrollment(tx, parseId(id));
  if (!enrollment) throw new NotFoundError();
  if (enrollment.personId !== viewer.personId) throw new HiddenError(`enrollment:${enrollment.id}`);
  return enrollment;
}
