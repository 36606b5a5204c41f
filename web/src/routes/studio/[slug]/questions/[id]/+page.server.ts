import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { contentOf, previewPrompt } from '$lib/questions/preview.server';
import type { Actions, PageServerLoad } from './$types';

const QuestionPage = graphql(`
  query QuestionPage($id: ID!) {
    question(id: $id) {
      id
      key
      tags
      archivedAt
      course {
        slug
        versions {
          locales
        }
      }
      version {
        number
        kind
        excerpt
        promptMarkdown
        options {
          key
          text
          feedback
          correct
          weight
          match
          number {
            value
            tolerance
          }
        }
        explanation
      }
      versions {
        number
        createdAt
        excerpt
        createdBy {
          name
        }
      }
      uses {
        lessonId
        title
        inDraft
        inPublished
        drawn
      }
    }
  }
`);

const QuestionSave = graphql(`
  mutation QuestionSave($input: QuestionUpdateInput!) {
    questionUpdate(input: $input) {
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

const QuestionArchive = graphql(`
  mutation QuestionArchive($input: QuestionArchiveInput!) {
    questionArchive(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const QuestionRestore = graphql(`
  mutation QuestionRestore($input: QuestionRestoreInput!) {
    questionRestore(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const QuestionDuplicate = graphql(`
  mutation QuestionDuplicate($input: QuestionDuplicateInput!) {
    questionDuplicate(input: $input) {
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

export const load: PageServerLoad = async ({ locals, params }) => {
  const { question } = await locals.api.query(QuestionPage, { id: params.id });
  if (question.course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  const stored = Object.keys(question.version.promptMarkdown);
  return {
    question,
    // A language that the course no longer has keeps its texts.
    locales: [...new Set([...question.course.versions[0]!.locales, ...stored])],
    idempotencyKey: crypto.randomUUID(),
  };
};

const only = async (request: Request, questionId: string) => ({
  input: { questionId, idempotencyKey: text(await request.formData(), 'idempotencyKey') },
});

export const actions: Actions = {
  save: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(QuestionSave, {
      input: {
        questionId: params.id,
        expectedVersion: Number(text(form, 'expectedVersion')),
        question: contentOf(form) as never,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    return { saved: true };
  },
  preview: previewPrompt,
  archive: async ({ request, locals, params }) => {
    const { userErrors } = await locals.api.mutate(QuestionArchive, await only(request, params.id));
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/questions/${params.id}`);
  },
  restore: async ({ request, locals, params }) => {
    const { userErrors } = await locals.api.mutate(QuestionRestore, await only(request, params.id));
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/questions/${params.id}`);
  },
  duplicate: async ({ request, locals, params }) => {
    const { question, userErrors } = await locals.api.mutate(
      QuestionDuplicate,
      await only(request, params.id),
    );
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/questions/${question!.id}`);
  },
};
