import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { DomainError, HiddenError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { Cohort, ProgramCourse } from '../programs/program.entity.js';
import { requireManager } from '../programs/program.policies.js';
import type { Invitation } from './invitation.entity.js';
import { lockInvitation } from './invitation.queries.js';
import { invitationRefusals, isOver } from './invitation.rules.js';

/**
 * A cohort that the viewer's program fills, and a course that it offers: where people may be brought in by a manager.
 * @throws NotFoundError when the viewer does not run the cohort's program; DomainError `COURSE_NOT_OFFERED`,
 *   `COURSE_NOT_PUBLISHED`, `COHORT_OVER`
 */
export async function requireIntake(
  tx: Tx,
  viewer: Viewer,
  { cohortId, courseId }: { cohortId: string; courseId: string },
  now: Date,
): Promise<Cohort> {
  const cohort = await tx.findOneBy(Cohort, { id: parseId(cohortId) });
  if (!cohort) throw new NotFoundError();
  await requireManager(tx, viewer, cohort.programId);
  const offer = { programId: cohort.programId, courseId: parseId(courseId) };
  if (!(await tx.existsBy(ProgramCourse, offer)))
    throw new DomainError(invitationRefusals.COURSE_NOT_OFFERED);
  const { publishedVersionId } = await tx.findOneByOrFail(Course, { id: offer.courseId });
  if (!publishedVersionId) throw new DomainError(catalogRefusals.COURSE_NOT_PUBLISHED);
  if (isOver(cohort, now)) throw new DomainError(invitationRefusals.COHORT_OVER);
  return cohort;
}

/**
 * An invitation to the viewer's own address, which a mailed code proved to be theirs; locked.
 * @throws NotFoundError, the same for one that does not exist.
 */
export async function lockOwnInvitation(tx: Tx, viewer: Viewer, id: string): Promise<Invitation> {
  const invitation = await lockInvitation(tx, parseId(id));
  if (!invitation) throw new NotFoundError();
  if (invitation.email !== viewer.email) throw new HiddenError(`invitation:${invitation.id}`);
  return invitation;
}

/**
 * An invitation of a program that the viewer runs, locked, and its cohort.
 * @throws NotFoundError, the same for one that does not exist.
 */
export async function lockManagedInvitation(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<{ invitation: Invitation; cohort: Cohort }> {
  const invitation = await lockInvitation(tx, parseId(id));
  if (!invitation) throw new NotFoundError();
  const cohort = await tx.findOneByOrFail(Cohort, { id: invitation.cohortId });
  await requireManager(tx, viewer, cohort.programId);
  return { invitation, cohort };
}
