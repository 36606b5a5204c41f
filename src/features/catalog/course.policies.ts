import type { Viewer } from '../../platform/access/viewer.js';
import type { Database, Tx } from '../../platform/database/database.js';
import {
  DomainError,
  ForbiddenError,
  HiddenError,
  NotFoundError,
  UnauthenticatedError,
} from '../../platform/errors.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import type { CourseVersion } from './course-version.entity.js';
import { Course } from './course.entity.js';
import { findCourses, lockVersion, trainedCourseIds } from './course.queries.js';
import { catalogRefusals } from './course.rules.js';

/** A course is authored by its trainers. Administrators may too, so that a course never becomes an orphan. */
export async function mayAuthor(tx: Tx, viewer: Viewer, course: Course): Promise<boolean> {
  return (await findAuthorable(tx, viewer, [course.id])).has(course.id);
}

/** Those of these courses that the viewer may author. */
export async function findAuthorable(
  tx: Tx,
  viewer: Viewer,
  courseIds: readonly string[],
): Promise<Map<string, true>> {
  const own = viewer.roles.has('ADMIN')
    ? courseIds
    : await trainedCourseIds(tx, viewer.personId, [...courseIds]);
  return new Map([...own].map((id) => [id, true]));
}

/** @throws what {@link refusedCourse} says, for who may not author it. */
export async function requireTrainer(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (!(await mayAuthor(tx, viewer, course))) throw refusedCourse(course);
}

/**
 * A draft that the viewer may edit, locked: what else is done to it waits.
 * @throws NotFoundError; what {@link requireTrainer} throws; DomainError `VERSION_PUBLISHED`
 */
export async function lockDraft(tx: Tx, viewer: Viewer, versionId: string): Promise<CourseVersion> {
  const version = await lockVersion(tx, versionId);
  if (!version) throw new NotFoundError();
  await requireTrainer(tx, viewer, await tx.findOneByOrFail(Course, { id: version.courseId }));
  if (version.publishedAt) throw new DomainError(catalogRefusals.VERSION_PUBLISHED);
  return version;
}

/**
 * As {@link requireTrainer}, for queries and fields: however often a request asks, it is one statement.
 * @throws UnauthenticatedError when nobody is signed in.
 */
export async function requireTrainerToRead(
  database: Database,
  { viewer, loaders }: GraphqlContext,
  courseId: string,
): Promise<void> {
  if (!viewer) throw new UnauthenticatedError();
  const isTrainer = await loaders.load(findAuthorable, courseId, (ids) =>
    database.read((tx) => findAuthorable(tx, viewer, ids)),
  );
  if (isTrainer) return;
  const course = await loaders.load(findCourses, courseId, (ids) =>
    database.read((tx) => findCourses(tx, ids)),
  );
  throw refusedCourse(course!);
}

/** Forbidden; while the course is not published, nobody else may even know that it is there. */
export function refusedCourse(course: Course): Error {
  const subject = `course:${course.id}`;
  return course.publishedVersionId ? new ForbiddenError(subject) : new HiddenError(subject);
}
