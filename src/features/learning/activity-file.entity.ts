import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { ActivitySubmission } from './activity-submission.entity.js';

/** A file that a learner put to an activity. What is in it is in the private files, by its id. */
@ObjectType({ description: 'A file that a learner put to an activity.' })
@Entity()
@Unique('activity_file_enrollment_id_lesson_key_sha256_key', ['enrollmentId', 'lessonKey', 'sha256'])
@Check('activity_file_bytes_check', 'bytes > 0')
export class ActivityFile {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @Column('text')
  lessonKey!: string;

  /** Of what is kept, in hexadecimal, so that the same file is not there twice. */
  @Column('text')
  sha256!: string;

  @Field(() => String, { description: 'As the learner called it.' })
  @Column('text')
  name!: string;

  @Field(() => String, { description: 'IANA media type.' })
  @Column('text')
  mediaType!: string;

  @Field(() => Int)
  @Column('int')
  bytes!: number;

  @Field(() => String, {
    description: 'Where the learner, and once it is handed in whoever may decide on it, can download it.',
  })
  get url(): string {
    return `/activity-files/${this.id}`;
  }
}

/** Which files belong to a submission. */
@Entity()
@Index('activity_submission_file_file_id_idx', ['fileId'])
export class ActivitySubmissionFile {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ActivitySubmission)
  submissionId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => ActivityFile)
  fileId!: string;
}
