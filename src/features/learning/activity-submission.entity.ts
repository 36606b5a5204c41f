import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';

export const SUBMISSION_STATES = ['DRAFT', 'SUBMITTED', 'ACCEPTED', 'RETURNED'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

const SubmissionStateEnum = Object.fromEntries(SUBMISSION_STATES.map((state) => [state, state]));
registerEnumType(SubmissionStateEnum, {
  name: 'SubmissionState',
  valuesMap: {
    DRAFT: { description: 'Kept, and seen by the learner alone.' },
    SUBMITTED: { description: 'Handed in: it waits for a trainer, and does not change meanwhile.' },
    ACCEPTED: { description: 'The lesson is done.' },
    RETURNED: { description: 'Given back with a comment: the learner may hand in again.' },
  },
});

/** One turn of a learner at an activity. By lesson key, so that it holds in every version that has the lesson. */
@ObjectType('Submission', {
  description: "A learner's work on an activity; after a return the next one has the next number.",
})
@Entity()
@Unique('activity_submission_enrollment_id_lesson_key_number_key', ['enrollmentId', 'lessonKey', 'number'])
@Index('activity_submission_one_open_key', ['enrollmentId', 'lessonKey'], {
  unique: true,
  where: `state <> 'RETURNED' AND set_aside_at IS NULL`,
})
@Index('activity_submission_waiting_idx', ['submittedAt', 'id'], { where: `state = 'SUBMITTED'` })
@Check('activity_submission_state_check', `state IN ('DRAFT', 'SUBMITTED', 'ACCEPTED', 'RETURNED')`)
@Check('activity_submission_submitted_check', `(state = 'DRAFT') = (submitted_at IS NULL)`)
@Check(
  'activity_submission_decided_check',
  `(state IN ('ACCEPTED', 'RETURNED')) = (decided_at IS NOT NULL AND decided_by IS NOT NULL)`,
)
@Check('activity_submission_returned_check', `state <> 'RETURNED' OR comment IS NOT NULL`)
export class ActivitySubmission {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  /** The lesson as the learner saw it. */
  @Column('uuid')
  @ForeignKey(() => Lesson)
  lessonId!: string;

  @Column('text')
  lessonKey!: string;

  @Field(() => Int, { description: 'From 1, in the enrollment.' })
  @Column('int')
  number!: number;

  @Field(() => SubmissionStateEnum)
  @Column('text')
  state!: SubmissionState;

  @Field(() => String, { description: 'Plain text; empty when there is none.' })
  @Column('text')
  text!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  savedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was handed in.' })
  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  decidedBy!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the trainer. Plain text; always there on a return.',
  })
  @Column('text', { nullable: true })
  comment!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When a reversed completion asked for it again: what was decided stays, and counts no more. Null while it counts.',
  })
  @Column('timestamptz', { nullable: true })
  setAsideAt!: Date | null;
}
