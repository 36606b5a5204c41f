import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The question bank as trainers work in it: who wrote which version when, and a text to search in. */
export class QuestionBank1790000000016 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE question ADD COLUMN search_text text NOT NULL DEFAULT '';
      UPDATE question SET search_text = coalesce((
        SELECT string_agg(found.run #>> '{}', ' ')
          FROM (SELECT prompts FROM question_version WHERE question_id = question.id ORDER BY number DESC LIMIT 1) latest,
               LATERAL jsonb_path_query(latest.prompts, 'strict $.**.text') AS found (run)
         WHERE jsonb_typeof(found.run) = 'string'), '');
      ALTER TABLE question ALTER COLUMN search_text DROP DEFAULT;
      CREATE INDEX question_course_id_id_idx ON question (course_id, id);

      ALTER TABLE question_version
        ADD COLUMN created_at timestamptz,
        ADD COLUMN created_by uuid REFERENCES person;
      -- What is there was made when its id was (RFC 9562, section 5.7).
      ALTER TABLE question_version DISABLE TRIGGER question_version_append_only;
      UPDATE question_version SET created_at = coalesce(uuid_extract_timestamp(id), now());
      ALTER TABLE question_version ENABLE TRIGGER question_version_append_only;
      ALTER TABLE question_version ALTER COLUMN created_at SET NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE question_version DROP COLUMN created_by, DROP COLUMN created_at;
      DROP INDEX question_course_id_id_idx;
      ALTER TABLE question DROP COLUMN search_text;
    `);
  }
}
