import { COURSES, ID, LESSONS_EACH, MODULES } from './sizes.mjs';

/** An id that says what it is of: time-ordered like those of the product, so that indexes are as compact. */
const id = (kind, number) => `('018f0000-000${kind}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
const [PERSON, COURSE, VERSION, MODULE, LESSON, ENROLLMENT] = Object.values(ID);

const BODY = `jsonb_build_object('en', jsonb_build_object('type', 'doc', 'content', jsonb_build_array(jsonb_build_object(
  'type', 'paragraph', 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('Read this. ', 60)))))))`;

/** The statements that fill the tables of the product, in order, each with what it makes. */
export function statements({ learners, enrollmentsEach, completionsEach }) {
  const lessons = MODULES * LESSONS_EACH;
  return [
    [
      'courses',
      `INSERT INTO course (id, slug, created_at)
       SELECT ${id(COURSE, 'c')}, 'course-' || c, '2026-01-01' FROM generate_series(0, ${COURSES - 1}) c;
       INSERT INTO course_version (id, course_id, number, default_locale, locales, titles, summaries, outcomes, descriptions,
         topics, license, created_at, published_at, publish_policy, content_hash)
       SELECT ${id(VERSION, 'c')}, ${id(COURSE, 'c')}, 1, 'en', '{en,fr}',
         jsonb_build_object('en', 'Be found online, part ' || c, 'fr', 'Se faire trouver en ligne, partie ' || c),
         '{"en": "A course."}', '{"en": ["Find"]}', '{}', '{}', NULL,
         '2026-01-01', '2026-01-02', 'NEW_LEARNERS_ONLY', md5(c::text) FROM generate_series(0, ${COURSES - 1}) c;
       UPDATE course SET published_version_id = version.id FROM course_version version WHERE version.course_id = course.id;
       INSERT INTO course_module (id, version_id, key, position, titles, summaries)
       SELECT ${id(MODULE, `c * ${MODULES} + m`)}, ${id(VERSION, 'c')}, 'module-' || m, m,
         jsonb_build_object('en', 'Chapter ' || m || ': what customers see', 'fr', 'Chapitre ' || m || ' : ce que voient les clients'),
         '{"en": "A chapter."}'
         FROM generate_series(0, ${COURSES - 1}) c, generate_series(0, ${MODULES - 1}) m;
       INSERT INTO lesson (id, version_id, module_id, key, position, kind, required, estimated_minutes, titles, bodies, quiz_pass_percent)
       SELECT ${id(LESSON, `c * ${lessons} + l`)}, ${id(VERSION, 'c')}, ${id(MODULE, `c * ${MODULES} + l / ${LESSONS_EACH}`)},
         'lesson-' || l, l, CASE WHEN l % 6 = 5 THEN 'QUIZ' ELSE 'READING' END, l % 6 <> 4, 3 + l % 9,
         jsonb_build_object('en', 'Lesson ' || l || ': answer a review', 'fr', 'Leçon ' || l || ' : répondre à un avis'),
         CASE WHEN l % 6 <> 5 THEN ${BODY} END, CASE WHEN l % 6 = 5 THEN 80 END
         FROM generate_series(0, ${COURSES - 1}) c, generate_series(0, ${lessons - 1}) l;`,
    ],
    [
      'learners and their sessions',
      `INSERT INTO person (id, email, name, locale, time_zone, created_at)
       SELECT ${id(PERSON, 'p')}, 'learner-' || p || '@bench.example', 'Learner ' || p, 'en', 'Europe/Paris', '2026-01-01'
         FROM generate_series(0, ${learners - 1}) p;
       INSERT INTO session (id_hash, person_id, created_at, expires_at)
       SELECT sha256(convert_to('bench-session-' || p, 'UTF8')), ${id(PERSON, 'p')}, now(), now() + interval '10 years'
         FROM generate_series(0, ${learners - 1}) p;`,
    ],
    [
      'enrollments',
      `INSERT INTO enrollment (id, person_id, course_id, version_id, cycle, state, enrolled_at, last_activity_at)
       SELECT ${id(ENROLLMENT, `p * ${enrollmentsEach} + n`)}, ${id(PERSON, 'p')}, ${id(COURSE, `(p + n * 7) % ${COURSES}`)},
         ${id(VERSION, `(p + n * 7) % ${COURSES}`)}, 1, 'ACTIVE', '2026-02-01', '2026-03-01'
         FROM generate_series(0, ${learners - 1}) p, generate_series(0, ${enrollmentsEach - 1}) n;`,
    ],
    [
      'completions',
      `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at)
       SELECT ${id(ENROLLMENT, `p * ${enrollmentsEach} + n`)}, 'lesson-' || (p + k) % ${lessons},
         ${id(LESSON, `(p + n * 7) % ${COURSES} * ${lessons} + (p + k) % ${lessons}`)},
         timestamptz '2026-02-01 08:00+00' + (p % 90) * interval '1 day' + k * interval '1 hour'
         FROM generate_series(0, ${learners - 1}) p, generate_series(0, ${enrollmentsEach - 1}) n,
           generate_series(0, ${completionsEach - 1}) k;`,
    ],
  ];
}
