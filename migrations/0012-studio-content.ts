import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What courses can hold since the studio: five kinds of lessons, seven of questions, quiz settings, pools and tags. */
export class StudioContent1790000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE lesson
        DROP CONSTRAINT lesson_kind_check,
        ADD CONSTRAINT lesson_kind_check CHECK (kind IN ('READING', 'VIDEO', 'QUIZ', 'ACTIVITY', 'PACKAGE')),
        ADD COLUMN quiz_settings jsonb,
        ADD COLUMN quiz_pools jsonb,
        ADD COLUMN activity jsonb,
        ADD COLUMN package jsonb,
        ADD CONSTRAINT lesson_activity_check CHECK ((kind = 'ACTIVITY') = (activity IS NOT NULL)),
        ADD CONSTRAINT lesson_package_check CHECK ((kind = 'PACKAGE') = (package IS NOT NULL));

      ALTER TABLE question
        ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN archived_at timestamptz;

      ALTER TABLE question_version
        DROP CONSTRAINT question_version_kind_check,
        ADD CONSTRAINT question_version_kind_check CHECK (kind IN (
          'SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'SHORT_TEXT', 'NUMBER', 'MATCHING', 'ORDERING'));

      ALTER TABLE quiz_question ADD COLUMN pool integer;

      ALTER TABLE course_version
        DROP CONSTRAINT course_version_publish_policy_check,
        ADD CONSTRAINT course_version_publish_policy_check
          CHECK (publish_policy IN ('NEW_LEARNERS_ONLY', 'MOVE_IN_PROGRESS', 'MOVE_AND_ASK_COMPLETED'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE course_version
        DROP CONSTRAINT course_version_publish_policy_check,
        ADD CONSTRAINT course_version_publish_policy_check CHECK (publish_policy IN ('NEW_LEARNERS_ONLY'));

      ALTER TABLE quiz_question DROP COLUMN pool;

      ALTER TABLE question_version
        DROP CONSTRAINT question_version_kind_check,
        ADD CONSTRAINT question_version_kind_check CHECK (kind IN ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE'));

      ALTER TABLE question DROP COLUMN archived_at, DROP COLUMN tags;

      ALTER TABLE lesson
        DROP CONSTRAINT lesson_package_check,
        DROP CONSTRAINT lesson_activity_check,
        DROP COLUMN package,
        DROP COLUMN activity,
        DROP COLUMN quiz_pools,
        DROP COLUMN quiz_settings,
        DROP CONSTRAINT lesson_kind_check,
        ADD CONSTRAINT lesson_kind_check CHECK (kind IN ('READING', 'QUIZ'));
    `);
  }
}
