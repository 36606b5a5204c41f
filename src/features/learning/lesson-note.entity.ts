import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Course } from '../catalog/course.entity.js';
import { Person } from '../identity/person.entity.js';

/** What a learner noted for themselves in a lesson. Nobody else ever reads it: no query of a trainer or a report asks for it. */
@ObjectType({ description: 'What the viewer noted for themselves in a lesson. Nobody else can read it.' })
@Entity()
@Unique('lesson_note_person_id_course_id_lesson_key_key', ['personId', 'courseId', 'lessonKey'])
@Check('lesson_note_text_check', `text <> ''`)
export class LessonNote {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Field(() => String)
  @Column('text')
  lessonKey!: string;

  @Field(() => String, { description: 'Plain text.' })
  @Column('text')
  text!: string;

  @Field(() => Int, { description: 'From 1; one more with each change.' })
  @Column('int')
  revision!: number;

  @Field(() => DateTime)
  @Column('timestamptz')
  updatedAt!: Date;
}
