import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What publishing a version changed for each learner. */
export class VersionMoves1790000000018 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE enrollment_change (
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        version_id uuid NOT NULL REFERENCES course_version,
        from_version_id uuid NOT NULL REFERENCES course_version,
        kind text NOT NULL,
        added_keys text[] NOT NULL,
        changed_keys text[] NOT NULL,
        removed_keys text[] NOT NULL,
        kept_count integer NOT NULL,
        occurred_at timestamptz NOT NULL,
        seen_at timestamptz,
        PRIMARY KEY (enrollment_id, version_id),
        CONSTRAINT enrollment_change_kind_check CHECK (kind IN ('MOVED', 'OFFERED'))
      );
      CREATE INDEX enrollment_change_unseen_idx ON enrollment_change (enrollment_id) WHERE seen_at IS NULL;

      -- A batch of learners to move is read by course, in the order of their enrollments.
      CREATE INDEX enrollment_course_id_id_idx ON enrollment (course_id, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX enrollment_course_id_id_idx; DROP TABLE enrollment_change;`);
  }
}
