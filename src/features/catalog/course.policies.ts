import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { ForbiddenError, HiddenError } from '../../platform/errors.js';
import type { Course } from './course.entity.js';
import { trainedCourseIds } from './course.queries.js';

/** A course is authored by its trainers. Administrators may too, so that a course never becomes an orphan. */
export async function requireTrainer(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (viewer.roles.has('ADMIN')) return;
  const own = await trainedCourseIds(tx, viewer.personId, [course.id]);
  if (own.has(course.id)) return;
  if (course.publishedVersionId) throw new ForbiddenError(`course:${course.id}`);
  throw new HiddenError(`course:${course.id}`);
}
