import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { Localized } from '../../platform/locale.js';
import { Person } from '../identity/person.entity.js';
import type { BlockDocument } from './block-document.js';
import { Course } from './course.entity.js';
import { PUBLISH_POLICIES, type PublishPolicy } from './publish-policy.rules.js';

export type { PublishPolicy } from './publish-policy.rules.js';
export const PublishPolicyEnum = Object.fromEntries(PUBLISH_POLICIES.map((policy) => [policy, policy]));
registerEnumType(PublishPolicyEnum, {
  name: 'PublishPolicy',
  description: 'What happens to learners in progress when a version is published.',
  valuesMap: {
    NEW_LEARNERS_ONLY: {
      description: 'Learners in progress stay on their version; new learners get this one.',
    },
    MOVE_IN_PROGRESS: {
      description: 'Learners in progress go on in this one; their work carries over by lesson key.',
    },
    MOVE_AND_ASK_COMPLETED: {
      description:
        'As MOVE_IN_PROGRESS; those who completed an earlier one stay completed, and are asked for what is new.',
    },
  },
});

/**
 * One edition of a course. Edited as a draft, frozen by publishing: from then on a trigger refuses every change to it and
 * to its modules, lessons and quizzes.
 */
@ObjectType({ description: 'One edition of a course: a draft, or published and frozen.' })
@Entity()
@Unique('course_version_course_id_number_key', ['courseId', 'number'])
@Index('course_version_one_draft_key', ['courseId'], { unique: true, where: 'published_at IS NULL' })
@Check(
  'course_version_publish_policy_check',
  `publish_policy IN ('NEW_LEARNERS_ONLY', 'MOVE_IN_PROGRESS', 'MOVE_AND_ASK_COMPLETED')`,
)
@Check('course_version_published_check', `(published_at IS NULL) = (content_hash IS NULL)`)
@Check(
  'course_version_partial_locales_check',
  'partial_locales <@ locales AND NOT (default_locale = ANY (partial_locales))',
)
export class CourseVersion {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Field(() => Int, { description: 'From 1.' })
  @Column('int')
  number!: number;

  @Field(() => String, { description: 'BCP 47 tag of the language that the others fall back to.' })
  @Column('text')
  defaultLocale!: string;

  @Field(() => [String], { description: 'BCP 47 tags, the default first.' })
  @Column('text', { array: true })
  locales!: string[];

  @Field(() => [String], {
    description:
      'Those that may be published incomplete: what is not translated is read in the default language.',
  })
  @Column('text', { array: true, default: () => "'{}'" })
  partialLocales!: string[];

  @Field(() => Int, { description: 'From 1; one more each time what the version says of itself is saved.' })
  @Column('int', { default: 1 })
  revision!: number;

  @Column('jsonb')
  titles!: Localized;

  @Column('jsonb')
  summaries!: Localized;

  @Column('jsonb')
  outcomes!: Record<string, string[]>;

  @Column('jsonb')
  descriptions!: Record<string, BlockDocument>;

  @Field(() => [String])
  @Column('text', { array: true })
  topics!: string[];

  @Field(() => String, { nullable: true, description: 'SPDX license expression.' })
  @Column('text', { nullable: true })
  license!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null for a draft.' })
  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  publishedBy!: string | null;

  @Field(() => PublishPolicyEnum, { nullable: true })
  @Column('text', { nullable: true })
  publishPolicy!: PublishPolicy | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256, in hexadecimal, of the canonical content. Null for a draft.',
  })
  @Column('text', { nullable: true })
  contentHash!: string | null;
}
