import { error, fail, redirect } from '@sveltejs/kit';
import { refused } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { inOrder, lessonAfter } from '$lib/learning/next-lesson';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const AttemptPage = graphql(`
  query AttemptPage($id: ID!, $slug: String!, $key: String!) {
    quizAttempt(id: $id) {
      id
      number
      state
      passed
      passPercent
      scorePercent
      questions {
        id
        kind
        promptHtml
        chosenOptionIds
        points
        explanation
        options {
          id
          text
          correct
          feedback
        }
      }
    }
    course(slug: $slug) {
      slug
      title
      lesson(key: $key) {
        id
        title
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
        }
      }
    }
  }
`);

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

/** Fields of answers are named by their question. */
const PREFIX = 'question-';

const answersOf = (form: FormData) =>
  form
    .getAll('asked')
    .map(String)
    .map((questionId) => ({ questionId, optionIds: form.getAll(PREFIX + questionId).map(String) }));

export const load: PageServerLoad = async ({ locals, params }) => {
  const { quizAttempt, course } = await locals.api.query(AttemptPage, {
    id: params.id,
    slug: params.slug,
    key: params.lesson,
  });
  if (!course?.lesson) error(404, faults(locals.locale).sentence(404));
  const { modules, ...rest } = course;
  return {
    course: rest,
    lesson: course.lesson,
    lessonKey: params.lesson,
    attempt: quizAttempt,
    next: lessonAfter(inOrder(modules), params.lesson),
    prefix: PREFIX,
  };
};

export const actions: Actions = {
  /** One answer, sent by the page as it is chosen. */
  save: async ({ request, locals, params }) => {
    const [answer] = answersOf(await request.formData());
    if (!answer) return fail(400);
    const { userErrors } = await locals.api.mutate(AnswerSave, {
      input: { attemptId: params.id, ...answer },
    });
    return userErrors.length > 0 ? refused(userErrors, {}) : { saved: true };
  },

  /** All answers of the page, and the grade. Without JavaScript this is the only thing that is sent. */
  submit: async ({ request, locals, params }) => {
    const answers = answersOf(await request.formData());
    const { userErrors } = await locals.api.mutate(AttemptSubmit, {
      input: { attemptId: params.id, answers },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/courses/${params.slug}/${params.lesson}/attempts/${params.id}`);
  },
};
