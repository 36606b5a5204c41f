/** The owner takes the course: reads, fails each quiz once, learns from the feedback, passes. */
import { chapter, check, COURSE, SLUG, tell } from './story.mjs';

export async function learn(owner) {
  chapter('The owner learns, between two customers');
  const { course } = await owner.ask(COURSE, { slug: SLUG });
  const { id: enrollmentId, progress } = course.enrollment;
  tell(
    `${progress.completedLessons} of ${progress.requiredLessons} done, about ${progress.minutesLeft} minutes left`,
  );
  const reasons = new Set(progress.missing.map(({ code }) => code));
  check(
    reasons.has('LESSON_MISSING') && reasons.has('QUIZ_NOT_PASSED'),
    `each missing thing has its reason: ${[...reasons].join(', ')}`,
  );
  let first = true;
  for (const { title, lessons } of course.modules) {
    for (const { id: lessonId, kind, title: lessonTitle } of lessons) {
      if (kind === 'READING') {
        await owner.mutate(
          'lessonComplete',
          'LessonCompleteInput',
          { enrollmentId, lessonId },
          'lesson { id }',
        );
      } else {
        await takeQuiz(owner, { enrollmentId, lessonId, title: lessonTitle, aloud: first });
        first = false;
      }
    }
    tell(`  finished the module “${title}”`);
  }
  const done = await owner.ask(COURSE, { slug: SLUG });
  check(done.course.enrollment.state === 'COMPLETED', 'the course is completed');
}

const ATTEMPT = `attempt { id state scorePercent passed
  questions { id options { id text correct feedback } explanation } }`;

/** Hands in nothing first, learns from the feedback, and passes on the second try. */
async function takeQuiz(owner, { enrollmentId, lessonId, title, aloud }) {
  const say = aloud ? check : (holds, sentence) => holds || check(holds, sentence);
  const start = async () =>
    (await owner.mutate('quizAttemptStart', 'QuizAttemptStartInput', { enrollmentId, lessonId }, ATTEMPT))
      .attempt;
  const submit = async (attemptId) =>
    (await owner.mutate('quizAttemptSubmit', 'QuizAttemptSubmitInput', { attemptId }, ATTEMPT)).attempt;
  const blank = await start();
  const hidden = blank.questions.every(
    ({ explanation, options }) =>
      explanation === null && options.every(({ correct, feedback }) => correct === null && feedback === null),
  );
  say(hidden, 'no right answer reaches the browser before handing in');
  const failed = await submit(blank.id);
  say(failed.passed === false, `handed in “${title}” empty: not passed`);
  const options = failed.questions.flatMap((question) => question.options);
  say(
    options.some(({ feedback }) => feedback),
    `and read the feedback: “${options.find(({ feedback }) => feedback)?.feedback}”`,
  );
  const right = new Map(
    failed.questions.map(({ id, options: all }) => [
      id,
      all.filter(({ correct }) => correct).map((option) => option.id),
    ]),
  );
  const attempt = await start();
  for (const { id } of attempt.questions) {
    const input = { attemptId: attempt.id, questionId: id, optionIds: right.get(id) };
    await owner.mutate('quizAnswerSave', 'QuizAnswerSaveInput', input, 'attempt { id }');
  }
  const graded = await submit(attempt.id);
  check(graded.passed, `passed “${title}” with ${graded.scorePercent} %`);
}
