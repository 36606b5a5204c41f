import { error, fail, redirect } from '@sveltejs/kit';
import { refused, type UserError } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { shownQuestion } from '$lib/learning/question.server';
import type { Locale } from '$lib/i18n';
import { inOrder, lessonAfter } from '$lib/learning/next-lesson';
import { faults } from '$lib/messages/faults';
import { quiz } from '$lib/messages/quiz';
import { answersOf, filledIn, sharedPlaces } from '$lib/learning/answers';
import type { Actions, PageServerLoad } from './$types';

const AttemptPage = graphql(
  `
    query AttemptPage($id: ID!, $slug: String!, $key: String!) {
      quizAttempt(id: $id) {
        id
        number
        state
        passed
        passPercent
        scorePercent
        endsAt
        submitBy
        closesAt
        showAnswers
        answersShown
        regrades {
          questionId
          gradedAt
          scorePercentBefore
          scorePercentAfter
          effect
          reason
        }
        lesson {
          key
          title
        }
        questions {
          ...ShownQuestion
        }
      }
      course(slug: $slug) {
        slug
        title
        lesson(key: $key) {
          id
          title
          quizStanding {
            refusal
          }
        }
        modules {
          lessons {
            key
            title
            kind
            required
            estimatedMinutes
            completedAt
          }
        }
        enrollment {
          id
          state
          progress {
            completedLessons
            requiredLessons
            minutesLeft
            missing {
              code
              have
              need
            }
          }
        }
      }
    }
  `,
  [shownQuestion],
);

const AnswerSave = graphql(`
  mutation AnswerSave($input: QuizAnswerSaveInput!) {
    quizAnswerSave(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const AttemptSubmit = graphql(`
  mutation AttemptSubmit($input: QuizAttemptSubmitInput!) {
    quizAttemptSubmit(input: $input) {
      attempt {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type ActionForm = Awaited<ReturnType<Request['formData']>>;

/** A refusal that keeps what was filled in, and says which question it is about. */
function refusedAnswers(form: ActionForm, userErrors: readonly UserError[], locale: Locale) {
  const about = ({ field }: UserError) => /^answers\.(\d+)\./.exec(field ?? '')?.[1];
  const t = quiz(locale);
  const named = userErrors.map((error) => {
    const index = about(error);
    return index === undefined ? error : { ...error, message: t.about(Number(index) + 1, error.message) };
  });
  return refused(named, { filled: filledIn(form) });
}

/** What the page finds wrong by itself: two items in one place. */
function placesShared(form: ActionForm, locale: Locale) {
  const t = quiz(locale);
  const errors = sharedPlaces(form).map((index) => ({
    code: 'PLACE_SHARED',
    field: null,
    message: t.about(index + 1, t.placeShared),
  }));
  return errors.length > 0 ? refused(errors, { filled: filledIn(form) }) : null;
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const { quizAttempt, course } = await locals.api.query(AttemptPage, {
    id: params.id,
    slug: params.slug,
    key: params.lesson,
  });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const { key } = quizAttempt.lesson;
  if (key !== params.lesson) redirect(303, `/courses/${params.slug}/${key}/attempts/${params.id}`);
  const { modules, ...rest } = course;
  return {
    course: rest,
    // A quiz that a new version of the course no longer has can still be finished.
    lesson: course.lesson,
    title: course.lesson?.title ?? quizAttempt.lesson.title,
    lessonKey: params.lesson,
    attempt: quizAttempt,
    next: lessonAfter(inOrder(modules), params.lesson),
  };
};

export const actions: Actions = {
  /**
   * The answers of the form, each saved in place of the one before. A page with JavaScript sends one as it is given; without, all of
   * them are sent by a button.
   */
  save: async ({ request, locals, params }) => {
    const form = await request.formData();
    const shared = placesShared(form, locals.locale);
    if (shared) return shared;
    for (const [index, answer] of answersOf(form).entries()) {
      const { userErrors } = await locals.api.mutate(AnswerSave, {
        input: { attemptId: params.id, ...answer },
      });
      const errors = userErrors.map((each) => ({ ...each, field: `answers.${index}.${each.field}` }));
      if (errors.length === 0) continue;
      const refusal = refusedAnswers(form, errors, locals.locale);
      // The script of the page tells by the status that nothing will be saved any more.
      return errors.some(({ code }) => code === 'ATTEMPT_CLOSED') ? fail(409, refusal.data) : refusal;
    }
    return { saved: true };
  },

  /** All answers of the page, and the grade. Without JavaScript this is the only thing that need be sent. */
  submit: async ({ request, locals, params }) => {
    const form = await request.formData();
    const shared = placesShared(form, locals.locale);
    if (shared) return shared;
    const { userErrors } = await locals.api.mutate(AttemptSubmit, {
      input: { attemptId: params.id, answers: answersOf(form) },
    });
    if (userErrors.length > 0) return refusedAnswers(form, userErrors, locals.locale);
    redirect(303, `/courses/${params.slug}/${params.lesson}/attempts/${params.id}`);
  },
};
