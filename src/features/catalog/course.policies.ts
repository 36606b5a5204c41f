import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { ForbiddenError, HiddenError } from '../../platform/errors.js';
import type { Course } from './course.entity.js';
import { trainedCourseIds } from './course.queries.js';

/** A course is authored by its trainers. Administrators may too, so that a course never becomes an orphan. */
export async function mayAuthor(tx: Tx, viewer: Viewer, course: Course): Promise<boolean> {
  return (await findAuthorable(tx, viewer, [course.id])).has(course.id);
}

/** Those of these courses that the viewer may author. */
export async function findAuthorable(tx: Tx, viewer: Viewer, courseIds: readonly string[]): Promise<Map<string, true>> {
  const own = viewer.roles.has('ADMIN') ? courseIds : await trainedCourseIds(tx, viewer.personId, [...courseIds]);
  return new Map([...own].map((id) => [id, true]));
}

/** @throws what {@link refusedCourse} says, for who may not author it. */
export async function requireTrainer(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (!(await mayAuthor(tx, viewer, course))) throw refusedCourse(course);
}

/** Forbidden; while the course is not published, nobody else may even know that it is there. */
export function refusedCourse(course: Course): Error {
  const subject = `course:${course.id}`;
  return course.publishedVersionId ? new ForbiddenError(subject) : new HiddenError(subject);
}
