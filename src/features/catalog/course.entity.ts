import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Person } from '../identity/person.entity.js';

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
}

/** Who may author a course. */
@Entity()
export class CourseTrainer {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
