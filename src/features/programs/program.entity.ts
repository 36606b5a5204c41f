import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { LocalDate } from '../../platform/graphql/scalars.js';
import type { Localized } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { Person } from '../identity/person.entity.js';

/** Training and grants offered together by an institution. */
@ObjectType({ description: 'Training and grants offered together by an institution.' })
@Entity()
@Unique('program_slug_key', ['slug'])
export class Program {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  slug!: string;

  @Column('jsonb')
  names!: Localized;

  @Field(() => String, { description: 'IANA time zone of its dates.' })
  @Column('text')
  timeZone!: string;

  @Column('timestamptz')
  createdAt!: Date;
}

/** Who runs a program. */
@Entity()
export class ProgramManager {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Program, { onDelete: 'CASCADE' })
  programId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;
}

/** A course that a program offers. */
@Entity()
export class ProgramCourse {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Program, { onDelete: 'CASCADE' })
  programId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Course)
  courseId!: string;
}

/** An intake of a program. Its days are those of its time zone. */
@ObjectType({ description: 'An intake of a program.' })
@Entity()
@Index('cohort_program_id_idx', ['programId'])
@Check('cohort_dates_check', 'starts_on <= ends_on')
@Check('cohort_learning_ends_on_check', 'learning_ends_on >= ends_on')
@Check('cohort_seats_check', 'seats >= 1')
export class Cohort {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Program)
  programId!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => LocalDate, { description: 'First day on which one can enroll.' })
  @Column('date')
  startsOn!: string;

  @Field(() => LocalDate, { description: 'Last day on which one can enroll.' })
  @Column('date')
  endsOn!: string;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'Last day of learning: who has not completed their course by its end is no longer enrolled. Null when there is none.',
  })
  @Column('date', { nullable: true })
  learningEndsOn!: string | null;

  @Field(() => String, { description: 'IANA time zone of its dates.' })
  @Column('text')
  timeZone!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'For so many people there is room. A person has a seat while they take a course in it or completed one. Null: no limit.',
  })
  @Column('int', { nullable: true })
  seats!: number | null;

  @Field(() => Int, { description: 'From 1; one more with each change. For `cohortUpdate`.' })
  @Column('int', { default: 1 })
  revision!: number;
}

/** A course that a cohort offers. A cohort without any offers all courses of its program, also those to come. */
@Entity()
export class CohortCourse {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Cohort, { onDelete: 'CASCADE' })
  cohortId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Course)
  courseId!: string;
}
