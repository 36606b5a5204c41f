import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';

/** Where a learner was in a lesson, on whichever device. By lesson key, so that it holds in every version that has the lesson. */
@ObjectType({ description: 'Where a learner was in a lesson, on whichever device.' })
@Entity()
@Check('lesson_position_check', 'block >= 0 AND video_seconds >= 0')
export class LessonPosition {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @PrimaryColumn('text')
  lessonKey!: string;

  /** In whose text the block is; in another version the place is found by what stood there (`BlockPlaces`). */
  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Field(() => Int, { description: "Of the text's outermost blocks, from 0." })
  @Column('int')
  block!: number;

  @Field(() => Int, { nullable: true, description: 'Of the video at that block; null where there is none.' })
  @Column('int', { nullable: true })
  videoSeconds!: number | null;

  @Field(() => DateTime)
  @Column('timestamptz')
  savedAt!: Date;
}
