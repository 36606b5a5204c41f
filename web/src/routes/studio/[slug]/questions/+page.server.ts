import { error } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { isQuestionKind } from '$lib/questions/kinds';
import { tagsOf } from '$lib/questions/question-draft';
import type { Actions, PageServerLoad } from './$types';

const QuestionBank = graphql(`
  query QuestionBank($slug: String!, $filter: BankQuestionFilter!, $after: String) {
    course(slug: $slug) {
      id
      slug
      title
      questionTags {
        tag
        count
      }
      questions(first: 25, after: $after, filter: $filter) {
        totalCount
        nodes {
          id
          tags
          archivedAt
          version {
            number
            kind
            excerpt
          }
          uses {
            lessonId
            title
            inDraft
            inPublished
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const QuestionTag = graphql(`
  mutation QuestionTag($input: QuestionTagInput!) {
    questionTag(input: $input) {
      questions {
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
  const asked = (name: string) => url.searchParams.get(name)?.trim() ?? '';
  const kind = asked('kind');
  const filters = {
    text: asked('text'),
    tag: asked('tag'),
    kind: isQuestionKind(kind) ? kind : null,
    unused: url.searchParams.has('unused'),
    archived: url.searchParams.has('archived'),
  };
  const { course } = await locals.api.query(QuestionBank, {
    slug: params.slug,
    filter: { ...filters, text: filters.text || null, tag: filters.tag || null },
    after: url.searchParams.get('after'),
  });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return { course, filters, idempotencyKey: crypto.randomUUID() };
};

export const actions: Actions = {
  tag: async ({ request, locals }) => {
    const form = await request.formData();
    const typed = text(form, 'tags');
    const tags = tagsOf(typed);
    const { questions, userErrors } = await locals.api.mutate(QuestionTag, {
      input: {
        questionIds: form.getAll('chosen').map(String),
        ...(form.get('how') === 'remove' ? { remove: tags } : { add: tags }),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, { tags: typed });
    return { tagged: questions!.length };
  },
};
