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
import { Course, type TeamRole } from './course.entity.js';
import { findCourses, findTeamRoles, lockVersion } from './course.queries.js';
import { catalogRefusals } from './course.rules.js';

/** What the viewer is in these courses. Administrators are authors of all, so that a course never becomes an orphan. */
export async function findRoles(
  tx: Tx,
  viewer: Viewer,
  courseIds: readonly string[],
): Promise<Map<string, TeamRole>> {
  if (viewer.roles.has('ADMIN')) return new Map(courseIds.map((id) => [id, 'AUTHOR']));
  return findTeamRoles(tx, viewer.personId, courseIds);
}

const roleIn = async (tx: Tx, viewer: Viewer, course: Course): Promise<TeamRole | undefined> =>
  (await findRoles(tx, viewer, [course.id])).get(course.id);

/** Whoever works on a course may read its drafts and comment on them: reviewers, editors, authors. */
export const mayReadDrafts = async (tx: Tx, viewer: Viewer, course: Course): Promise<boolean> =>
  (await roleIn(tx, viewer, course)) !== undefined;

/** Editors and authors may change its draft. */
export async function mayEdit(tx: Tx, viewer: Viewer, course: Course): Promise<boolean> {
  const role = await roleIn(tx, viewer, course);
  return role === 'EDITOR' || role === 'AUTHOR';
}

/** Authors may also publish, choose the team and hand the course over. */
export const mayAuthor = async (tx: Tx, viewer: Viewer, course: Course): Promise<boolean> =>
  (await roleIn(tx, viewer, course)) === 'AUTHOR';

/** @throws what {@link refusedCourse} says, for who does not work on it. */
export async function requireReviewer(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (!(await mayReadDrafts(tx, viewer, course))) throw refusedCourse(course);
}

/** @throws what {@link refusedCourse} says, for who may not edit it; ForbiddenError for a reviewer, who knows of it. */
export async function requireTrainer(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (await mayEdit(tx, viewer, course)) return;
  await requireReviewer(tx, viewer, course);
  throw new ForbiddenError(`course:${course.id}`);
}

/** As {@link requireTrainer}, for what only an author may do. */
export async function requireAuthor(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (await mayAuthor(tx, viewer, course)) return;
  await requireReviewer(tx, viewer, course);
  throw new ForbiddenError(`course:${course.id}`);
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
 * As {@link requireReviewer}, for queries and fields: however often a request asks, it is one statement.
 * @throws UnauthenticatedError when nobody is signed in.
 */
export async function requireTrainerToRead(
  database: Database,
  context: GraphqlContext,
  courseId: string,
): Promise<void> {
  if (!context.viewer) throw new UnauthenticatedError();
  if (await loadRole(database, context, courseId)) return;
  const course = await context.loaders.load(findCourses, courseId, (ids) =>
    database.read((tx) => findCourses(tx, ids)),
  );
  throw refusedCourse(course!);
}

/** What the viewer is in a course, if they work on it. */
export async function loadRole(
  database: Database,
  { viewer, loaders }: GraphqlContext,
  courseId: string,
): Promise<TeamRole | undefined> {
  return viewer
    ? loaders.load(findRoles, courseId, (ids) => database.read((tx) => findRoles(tx, viewer, ids)))
    : undefined;
}

/** Forbidden; while the course is not published, nobody else may even know that it is there. */
export function refusedCourse(course: Course): Error {
  const subject = `course:${course.id}`;
  return course.publishedVersionId ? new ForbiddenError(subject) : new HiddenError(subject);
}
