import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import type { Course } from '../catalog/course.entity.js';
import { mayEdit, requireTrainer } from '../catalog/course.policies.js';
import { managesCourse } from '../programs/program.queries.js';

/**
 * Who decided what, when and why is for those who edit the course, and for the managers of a program that offers it.
 * @throws what {@link requireTrainer} throws, for anyone else.
 */
export async function requireCriteriaReader(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (await mayEdit(tx, viewer, course)) return;
  if (await managesCourse(tx, viewer.personId, course.id)) return;
  await requireTrainer(tx, viewer, course);
}
