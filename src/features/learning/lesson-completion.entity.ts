import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Lesson } from '../catalog/lesson.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { QuizAttempt } from './quiz-attempt.entity.js';

/** A lesson done: read to its end, or a quiz passed. By key, so that it holds in every version that has the lesson. */
@Entity()
export class LessonCompletion {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @PrimaryColumn('text')
  lessonKey!: string;

  /** The lesson as it was when it was done: the version that the learner follows may be a later one by now. */
  @Index('lesson_completion_lesson_id_idx')
  @Column('uuid')
  @ForeignKey(() => Lesson)
  lessonId!: string;

  /** The server's time; it is what counts. */
  @Column('timestamptz')
  completedAt!: Date;

  /** The device's time, when it was offline: kept, never trusted. */
  @Column('timestamptz', { nullable: true })
  claimedAt!: Date | null;

  /** The attempt that passed; null for a reading. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => QuizAttempt)
  attemptId!: string | null;
}
