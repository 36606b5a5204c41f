import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Person } from '../identity/person.entity.js';

/**
 * A place that a learner marked for themselves. It says in which version, whose text never changes: in a later one the place is found
 * again by what stood there. Nobody else ever reads it. It is no note without text: a lesson has one note, whose changes are guarded,
 * and any number of marked places, each set and removed by a tap.
 */
@ObjectType({ description: 'A place that the viewer marked for themselves. Nobody else can see it.' })
@Entity()
@Unique('bookmark_person_id_version_id_lesson_key_block_key', ['personId', 'versionId', 'lessonKey', 'block'])
@Check('bookmark_block_check', 'block >= 0')
export class Bookmark {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Column('text')
  lessonKey!: string;

  /** Of the outermost blocks of the text in that version, from 0, which is the lesson itself. */
  @Column('int')
  block!: number;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;
}
