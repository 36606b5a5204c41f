import type { RequestEvent } from '@sveltejs/kit';
import { refused, text, type Api } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';

const LessonLocales = graphql(`
  query LessonLocales($id: ID!) {
    viewer {
      id
    }
    lesson(id: $id) {
      version {
        locales
        defaultLocale
        course {
          viewerRole
        }
      }
    }
  }
`);

const LessonComments = graphql(`
  query LessonComments($id: ID!, $locale: String!) {
    lesson(id: $id) {
      blockExcerpts(locale: $locale)
      comments(locale: $locale) {
        id
        block
        excerpt
        text
        createdAt
        resolvedAt
        author {
          id
          name
        }
        replies {
          id
          text
          createdAt
          author {
            name
          }
        }
      }
    }
  }
`);

const CommentAdd = graphql(`
  mutation CommentAdd($input: LessonCommentAddInput!) {
    lessonCommentAdd(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const CommentResolve = graphql(`
  mutation CommentResolve($input: LessonCommentInput!) {
    lessonCommentResolve(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const CommentReopen = graphql(`
  mutation CommentReopen($input: LessonCommentInput!) {
    lessonCommentReopen(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Comments on the text of a lesson that the reader sees: in their language, else in the course's. */
export async function loadComments(api: Api, lessonId: string, readerLocale: string) {
  const { lesson, viewer } = await api.query(LessonLocales, { id: lessonId });
  const { locales, defaultLocale, course } = lesson.version;
  const locale = locales.includes(readerLocale) ? readerLocale : defaultLocale;
  const { lesson: read } = await api.query(LessonComments, { id: lessonId, locale });
  return {
    lessonId,
    locale,
    excerpts: read.blockExcerpts,
    threads: read.comments,
    viewerId: viewer?.id ?? '',
    mayEdit: course.viewerRole === 'AUTHOR' || course.viewerRole === 'EDITOR',
    idempotencyKey: crypto.randomUUID() as string,
  };
}

export type LessonCommentsData = Awaited<ReturnType<typeof loadComments>>;

/** Of the page that shows them. */
export const commentActions = {
  comment: async ({ request, locals }: RequestEvent) => {
    const form = await request.formData();
    const values = {
      comment: text(form, 'comment'),
      block: text(form, 'block'),
      parentId: text(form, 'parentId'),
    };
    const { userErrors } = await locals.api.mutate(CommentAdd, {
      input: {
        lessonId: text(form, 'lessonId'),
        locale: text(form, 'locale'),
        blockIndex: values.block === '' ? null : Number(values.block),
        parentId: values.parentId || null,
        text: values.comment,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    const errors = userErrors.map((each) => ({ ...each, field: each.field === 'text' ? 'comment' : null }));
    return errors.length > 0 ? refused(errors, values) : { commented: true };
  },

  resolve: async ({ request, locals }: RequestEvent) => {
    const input = { commentId: text(await request.formData(), 'commentId') };
    const { userErrors } = await locals.api.mutate(CommentResolve, { input });
    return userErrors.length > 0 ? refused(userErrors, {}) : { commented: true };
  },

  reopen: async ({ request, locals }: RequestEvent) => {
    const input = { commentId: text(await request.formData(), 'commentId') };
    const { userErrors } = await locals.api.mutate(CommentReopen, { input });
    return userErrors.length > 0 ? refused(userErrors, {}) : { commented: true };
  },
};
