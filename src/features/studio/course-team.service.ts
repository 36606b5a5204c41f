import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseEmail } from '../identity/email.js';
import { Person } from '../identity/person.entity.js';
import { refusalToChange, teamRefusals } from './course-team.rules.js';
import { Course, CourseTrainer, type TeamRole } from '../catalog/course.entity.js';
import { requireAuthor, requireReviewer } from '../catalog/course.policies.js';
import { lockCourse } from '../catalog/course.queries.js';

/** Who works on a course. The course is locked meanwhile, so that two authors cannot both be the last to leave. */
@Injectable()
export class CourseTeamService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `EMAIL_INVALID`, `TEAM_PERSON_UNKNOWN`, `TEAM_PERSON_NOT_TRAINER`, `TEAM_MEMBER_ALREADY` */
  async add(viewer: Viewer, input: { courseId: string; email: string; role: TeamRole }): Promise<Course> {
    return this.change(viewer, input.courseId, async (tx, course) => {
      await requireAuthor(tx, viewer, course);
      const { id: personId, email } = await findTrainer(tx, input.email);
      const member = { courseId: course.id, personId, role: input.role, createdAt: this.clock.now() };
      if (!(await insertIfAbsent(tx, CourseTrainer, member)))
        throw new DomainError(teamRefusals.TEAM_MEMBER_ALREADY, { email });
      return { action: 'courseTeamAdd', detail: { personId, role: input.role } };
    });
  }

  /** @throws DomainError `TEAM_MEMBER_UNKNOWN`, `TEAM_LAST_AUTHOR` */
  async update(
    viewer: Viewer,
    input: { courseId: string; personId: string; role: TeamRole },
  ): Promise<Course> {
    return this.change(viewer, input.courseId, async (tx, course) => {
      await requireAuthor(tx, viewer, course);
      const personId = parseId(input.personId);
      await setRole(tx, { courseId: course.id, personId }, input.role);
      return { action: 'courseTeamUpdate', detail: { personId, role: input.role } };
    });
  }

  /** Anyone may leave; only authors send away. @throws DomainError `TEAM_MEMBER_UNKNOWN`, `TEAM_LAST_AUTHOR` */
  async remove(viewer: Viewer, input: { courseId: string; personId: string }): Promise<Course> {
    return this.change(viewer, input.courseId, async (tx, course) => {
      const personId = parseId(input.personId);
      if (personId === viewer.personId) await requireReviewer(tx, viewer, course);
      else await requireAuthor(tx, viewer, course);
      await setRole(tx, { courseId: course.id, personId }, null);
      return { action: 'courseTeamRemove', detail: { personId } };
    });
  }

  /**
   * Makes somebody an author in the viewer's place, who stays as something less or leaves.
   * @throws DomainError `TEAM_HAND_OVER_TO_SELF`, `EMAIL_INVALID`, `TEAM_PERSON_UNKNOWN`, `TEAM_PERSON_NOT_TRAINER`
   */
  async handOver(
    viewer: Viewer,
    input: { courseId: string; email: string; stayAs?: TeamRole | null },
  ): Promise<Course> {
    return this.change(viewer, input.courseId, async (tx, course) => {
      await requireAuthor(tx, viewer, course);
      const { id: personId } = await findTrainer(tx, input.email);
      if (personId === viewer.personId) throw new DomainError(teamRefusals.TEAM_HAND_OVER_TO_SELF);
      const courseId = course.id;
      const author = { courseId, personId, role: 'AUTHOR' as const };
      if (!(await insertIfAbsent(tx, CourseTrainer, { ...author, createdAt: this.clock.now() })))
        await tx.update(CourseTrainer, { courseId, personId }, { role: 'AUTHOR' });
      const own = { courseId, personId: viewer.personId };
      // An administrator who hands over a course need not have worked on it.
      if (await tx.existsBy(CourseTrainer, own)) await setRole(tx, own, input.stayAs ?? null);
      return { action: 'courseHandOver', detail: { personId, stayAs: input.stayAs ?? null } };
    });
  }

  private async change(
    viewer: Viewer,
    courseId: string,
    work: (tx: Tx, course: Course) => Promise<{ action: string; detail: object }>,
  ): Promise<Course> {
    return this.database.transaction(async (tx) => {
      const course = await lockCourse(tx, { id: parseId(courseId) });
      if (!course) throw new NotFoundError();
      const fact = await work(tx, course);
      await this.audit.done(tx, { actorId: viewer.personId, subject: `course:${course.id}`, ...fact });
      return course;
    });
  }
}

/** Gives a member another role, or with null none. The caller holds the course's lock. */
async function setRole(
  tx: Tx,
  member: { courseId: string; personId: string },
  role: TeamRole | null,
): Promise<void> {
  if (!(await tx.existsBy(CourseTrainer, member))) throw new DomainError(teamRefusals.TEAM_MEMBER_UNKNOWN);
  const authors = await tx.findBy(CourseTrainer, { courseId: member.courseId, role: 'AUTHOR' });
  const refusal = refusalToChange(
    authors.map(({ personId }) => personId),
    member.personId,
    role,
  );
  if (refusal) throw new DomainError(refusal);
  if (role === null) await tx.delete(CourseTrainer, member);
  else await tx.update(CourseTrainer, member, { role });
}

/** A person whom an administrator made a trainer. */
async function findTrainer(tx: Tx, rawEmail: string): Promise<Person> {
  const email = parseEmail(rawEmail);
  const person = await tx.findOneBy(Person, { email });
  if (!person) throw new DomainError(teamRefusals.TEAM_PERSON_UNKNOWN, { email });
  if (!person.roles.includes('TRAINER') && !person.roles.includes('ADMIN'))
    throw new DomainError(teamRefusals.TEAM_PERSON_NOT_TRAINER, { email });
  return person;
}
