import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Person } from '../identity/person.entity.js';

/** What a trainer may do in a course; each may do what those after it may. */
export const TEAM_ROLES = ['AUTHOR', 'EDITOR', 'REVIEWER'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];
export const TeamRoleEnum = Object.fromEntries(TEAM_ROLES.map((role) => [role, role])) as Record<
  TeamRole,
  TeamRole
>;
registerEnumType(TeamRoleEnum, {
  name: 'CourseTeamRole',
  description: 'What a trainer may do in a course. Each may do what those below it may.',
  valuesMap: {
    AUTHOR: { description: 'Publishes, chooses the team, hands the course over.' },
    EDITOR: { description: 'Changes the draft.' },
    REVIEWER: { description: 'Reads drafts and comments on them.' },
  },
});

/** A course. What it teaches is in its versions; visitors see the published one. */
@ObjectType({ description: 'A course, as its published version describes it.' })
@Entity()
@Unique('course_slug_key', ['slug'])
export class Course {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Field(() => String, { description: 'In the address of its page: lower case, digits and hyphens.' })
  @Column('text')
  slug!: string;

  /** The version that a new learner gets; null until the first is published. */
  @Column('uuid', { nullable: true })
  @ForeignKey('CourseVersion')
  publishedVersionId!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  /** What has to be completed first, where the statement that read the course read it on its way. */
  prerequisites?: Course[];
}

/**
 * A course that has to be completed before another may be entered. It belongs to the course and not to a version of it, because it
 * governs entry. A trigger keeps courses from being needed before themselves, through whichever others.
 */
@Entity()
@Check('course_prerequisite_other_check', 'required_id <> course_id')
export class CoursePrerequisite {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  requiredId!: string;

  @Column('timestamptz')
  createdAt!: Date;
}

/** Who works on a course, and as what. */
@Entity()
@Check('course_trainer_role_check', `role IN ('AUTHOR', 'EDITOR', 'REVIEWER')`)
export class CourseTrainer {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;

  /** Whoever brings a course in is its first author. */
  @Column('text', { default: 'AUTHOR' })
  role!: TeamRole;
}
