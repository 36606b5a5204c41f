import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const QuizPage = graphql(`
  query QuizPage($id: ID!) {
    lesson(id: $id) {
      id
      kind
      title
      revision
      composition {
        passPercent
        questions {
          key
          archivedAt
          version {
            kind
            excerpt
          }
        }
        pools {
          tag
          count
        }
        attemptLimit
        timeLimitMinutes
        closesAt
        graceMinutes
        waitMinutes
        shuffleQuestions
        shuffleOptions
        showAnswers
        gradePolicy
      }
      version {
        publishedAt
        course {
          slug
          questionTags {
            tag
            count
          }
        }
      }
    }
  }
`);

const BankSearch = graphql(`
  query BankSearch($slug: String!, $text: String, $tag: String) {
    course(slug: $slug) {
      questions(first: 12, filter: { text: $text, tag: $tag }) {
        totalCount
        nodes {
          key
          archivedAt
          version {
            kind
            excerpt
          }
        }
      }
    }
  }
`);

const QuizSave = graphql(`
  mutation QuizSave($input: QuizUpdateInput!) {
    quizUpdate(input: $input) {
      lesson {
        revision
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

async function search(locals: App.Locals, slug: string, words: string) {
  const { course } = await locals.api.query(BankSearch, { slug, text: words || null });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return course.questions;
}

export const load: PageServerLoad = async ({ locals, params }) => {
  const { lesson } = await locals.api.query(QuizPage, { id: params.lessonId });
  const { course, publishedAt } = lesson.version;
  if (course.slug !== params.slug || !lesson.composition) error(404, faults(locals.locale).sentence(404));
  // A published quiz can only be looked at.
  if (publishedAt) redirect(303, `/studio/${params.slug}/preview/${params.lessonId}`);
  return {
    lesson,
    composition: lesson.composition,
    tags: course.questionTags,
    found: await search(locals, params.slug, ''),
    idempotencyKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  search: async ({ request, locals, params }) => ({
    found: await search(locals, params.slug, text(await request.formData(), 'text')),
  }),

  save: async ({ request, locals, params }) => {
    const form = await request.formData();
    const typed = JSON.parse(text(form, 'content') || '{}') as Record<string, unknown>;
    const { lesson, userErrors } = await locals.api.mutate(QuizSave, {
      input: {
        ...typed,
        lessonId: params.lessonId,
        expectedRevision: Number(text(form, 'revision')),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    return { revision: lesson!.revision };
  },
};
