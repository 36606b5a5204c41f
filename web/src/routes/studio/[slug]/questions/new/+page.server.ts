import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { isQuestionKind } from '$lib/questions/kinds';
import { contentOf, previewPrompt } from '$lib/questions/preview.server';
import type { Actions, PageServerLoad } from './$types';

const NewQuestionCourse = graphql(`
  query NewQuestionCourse($slug: String!) {
    course(slug: $slug) {
      id
      title
      versions {
        locales
      }
    }
  }
`);

const QuestionCreate = graphql(`
  mutation QuestionCreate($input: QuestionCreateInput!) {
    questionCreate(input: $input) {
      question {
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

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const kind = url.searchParams.get('kind') ?? 'SINGLE_CHOICE';
  if (!isQuestionKind(kind)) error(400, faults(locals.locale).sentence(400));
  const { course } = await locals.api.query(NewQuestionCourse, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return {
    kind,
    course,
    locales: course.versions[0]!.locales,
    /** The quiz that will ask it. */
    quizId: url.searchParams.get('quiz'),
    idempotencyKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  save: async ({ request, locals, params, url }) => {
    const form = await request.formData();
    const quizLessonId = url.searchParams.get('quiz');
    const { course } = await locals.api.query(NewQuestionCourse, { slug: params.slug });
    if (!course) error(404, faults(locals.locale).sentence(404));
    const { question, userErrors } = await locals.api.mutate(QuestionCreate, {
      input: {
        courseId: course.id,
        question: contentOf(form) as never,
        quizLessonId,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    const home = `/studio/${params.slug}`;
    redirect(303, quizLessonId ? `${home}/quizzes/${quizLessonId}` : `${home}/questions/${question!.id}`);
  },
  preview: previewPrompt,
};
