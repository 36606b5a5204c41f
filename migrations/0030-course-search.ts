import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the catalog searches in: of each published version one row for each of its languages, which a trigger writes whenever a course
 * gets another published version. Both extensions come with PostgreSQL and are trusted: whoever owns the database may create them.
 */
export class CourseSearch1790000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS unaccent;
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      CREATE TEXT SEARCH CONFIGURATION course_french (COPY = pg_catalog.french);
      ALTER TEXT SEARCH CONFIGURATION course_french
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
      CREATE TEXT SEARCH CONFIGURATION course_english (COPY = pg_catalog.english);
      ALTER TEXT SEARCH CONFIGURATION course_english
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
      CREATE TEXT SEARCH CONFIGURATION course_other (COPY = pg_catalog.simple);
      ALTER TEXT SEARCH CONFIGURATION course_other ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;

      CREATE FUNCTION course_search_configuration(locale text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE split_part(locale, '-', 1)
          WHEN 'fr' THEN 'course_french'::regconfig
          WHEN 'en' THEN 'course_english'::regconfig
          ELSE 'course_other'::regconfig
        END;

      -- On some servers the parser takes every character beyond ASCII for a letter: typographic signs become plain ones, or spaces.
      -- Currency signs stay, and so does nothing of the private use area, with which what was found is marked.
      CREATE FUNCTION searchable_text(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN regexp_replace(
          translate(regexp_replace(normalize(written, NFKC), '« ?| ?»', '"', 'g'), '’‘ʼ“”„–—‐', '''''''"""---'),
          '[\\u0080-\\u00bf\\u00d7\\u00f7\\u2000-\\u209f\\u20c0-\\u2bff\\u3000-\\u303f\\ue000-\\uf8ff\\ufe00-\\ufe0f\\ufff0-\\uffff\\U0001f000-\\U0001faff]',
          ' ', 'g');

      -- The letters of a block document, one line for each paragraph, heading and piece of code.
      CREATE FUNCTION block_document_text(document jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN (
          SELECT string_agg(
            (SELECT string_agg(coalesce(part ->> 'text', ' '), '') FROM jsonb_array_elements(block -> 'content') part),
            E'\\n')
            FROM jsonb_path_query(
              document, 'strict $.** ? (@.type == "paragraph" || @.type == "heading" || @.type == "codeBlock")') block);

      CREATE TABLE course_search (
        locale text NOT NULL,
        course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        is_default boolean NOT NULL,
        topics text[] NOT NULL,
        minutes integer NOT NULL,
        text text NOT NULL,
        words text[] NOT NULL,
        document tsvector NOT NULL,
        PRIMARY KEY (locale, course_id)
      );
      CREATE INDEX course_search_document_idx ON course_search USING gin (document);

      -- A row holds at most 250,000 characters of text: a tsvector holds one megabyte, and a course that is too long must still be published.
      CREATE FUNCTION write_course_search() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM course_search WHERE course_id = NEW.id;
        INSERT INTO course_search (locale, course_id, is_default, topics, minutes, text, words, document)
        SELECT l.locale, NEW.id, l.locale = v.default_locale, v.topics, taught.minutes, written.text,
               ARRAY(SELECT DISTINCT word
                       FROM regexp_split_to_table(lower(concat_ws(' ', written.title, written.summary, written.headings)),
                                                  '[\\x01-\\x60\\x7b-\\x7f]+') AS word
                      WHERE char_length(word) BETWEEN 4 AND 30 ORDER BY word),
               setweight(to_tsvector(course_search_configuration(l.locale), written.title), 'A')
               || setweight(to_tsvector(course_search_configuration(l.locale), written.summary), 'B')
               || setweight(to_tsvector(course_search_configuration(l.locale), written.headings), 'C')
               || setweight(to_tsvector(course_search_configuration(l.locale), written.text), 'D')
          FROM course_version v
         CROSS JOIN unnest(v.locales) AS l(locale)
         CROSS JOIN LATERAL (
           SELECT coalesce(sum(lesson.estimated_minutes) FILTER (WHERE lesson.required), 0)::integer AS minutes,
                  string_agg(lesson.titles ->> l.locale, E'\\n' ORDER BY lesson.position) AS titles,
                  string_agg(concat_ws(E'\\n', lesson.titles ->> l.locale, block_document_text(lesson.bodies -> l.locale)), E'\\n'
                             ORDER BY lesson.position) AS texts
             FROM lesson WHERE lesson.version_id = v.id) AS taught
         CROSS JOIN LATERAL (
           SELECT string_agg(concat_ws(E'\\n', titles ->> l.locale, summaries ->> l.locale), E'\\n' ORDER BY position) AS texts
             FROM course_module WHERE course_module.version_id = v.id) AS chapters
         CROSS JOIN LATERAL (
           SELECT string_agg(outcome, E'\\n') AS outcomes FROM jsonb_array_elements_text(v.outcomes -> l.locale) AS outcome) AS promised
         CROSS JOIN LATERAL (
           SELECT searchable_text(coalesce(v.titles ->> l.locale, v.titles ->> v.default_locale, '')) AS title,
                  searchable_text(left(concat_ws(E'\\n', v.summaries ->> l.locale, promised.outcomes,
                                                 array_to_string(v.topics, E'\\n')), 50000)) AS summary,
                  searchable_text(left(concat_ws(E'\\n', chapters.texts, taught.titles), 50000)) AS headings,
                  searchable_text(left(concat_ws(E'\\n', promised.outcomes, block_document_text(v.descriptions -> l.locale),
                                                 chapters.texts, taught.texts), 250000)) AS text) AS written
         WHERE v.id = NEW.published_version_id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER course_searchable AFTER INSERT OR UPDATE OF published_version_id ON course
        FOR EACH ROW EXECUTE FUNCTION write_course_search();

      -- What was published before, through the trigger.
      UPDATE course SET published_version_id = published_version_id WHERE published_version_id IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER course_searchable ON course;
      DROP TABLE course_search;
      DROP FUNCTION write_course_search(), block_document_text(jsonb), searchable_text(text), course_search_configuration(text);
      DROP TEXT SEARCH CONFIGURATION course_french, course_english, course_other;
      DROP EXTENSION unaccent, pg_trgm;
    `);
  }
}
