import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { HiddenError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { mayEdit } from '../catalog/course.policies.js';
import type { ActivityFile } from './activity-file.entity.js';
import { findFileFacts } from './activity-file.queries.js';

/**
 * A file of an activity is its learner's and, once it was handed in, theirs who may decide on it: editors and authors of the course,
 * and administrators.
 * @throws NotFoundError for everybody else, the same for one that does not exist.
 */
export async function requireActivityFile(tx: Tx, viewer: Viewer, id: string): Promise<ActivityFile> {
  const facts = await findFileFacts(tx, parseId(id));
  if (!facts) throw new NotFoundError();
  if (facts.personId === viewer.personId) return facts.file;
  const course = await tx.findOneByOrFail(Course, { id: facts.courseId });
  if (facts.isHandedIn && (await mayEdit(tx, viewer, course))) return facts.file;
  throw new HiddenError(`activity_file:${facts.file.id}`);
}
