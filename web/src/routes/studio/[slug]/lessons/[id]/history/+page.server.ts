import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const LessonHistory = graphql(`
  query LessonHistory($id: ID!, $locale: String!, $after: String) {
    lesson(id: $id) {
      id
      title
      revision
      version {
        publishedAt
        course {
          slug
        }
      }
      history(locale: $locale, first: 20, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          kind
          savedAt
          versionNumber
          wordsInserted
          wordsDeleted
          savedBy {
            name
          }
        }
      }
      newest: history(locale: $locale, first: 1) {
        nodes {
          id
        }
      }
    }
  }
`);

const SaveDiff = graphql(`
  query SaveDiff($id: ID!, $newest: ID!) {
    lessonSave(id: $id) {
      id
      locale
      title
      bodyHtml
      lessonKey
      diff {
        wordsInserted
        wordsDeleted
        title {
          change
          text
        }
        blocks {
          change
          kind
          depth
          parts {
            change
            text
          }
        }
      }
      since: diffTo(id: $newest) {
        wordsInserted
        wordsDeleted
        title {
          change
          text
        }
        blocks {
          change
          kind
          depth
          parts {
            change
            text
          }
        }
      }
    }
  }
`);

const LessonSaveRestore = graphql(`
  mutation LessonSaveRestore($input: LessonSaveRestoreInput!) {
    lessonSaveRestore(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const locale = url.searchParams.get('locale') ?? apiLocale(locals.locale);
  const after = url.searchParams.get('after');
  const { lesson } = await locals.api.query(LessonHistory, { id: params.id, locale, after });
  if (lesson.version.course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  const { nodes: saves, pageInfo } = lesson.history;
  const newest = lesson.newest.nodes[0]?.id;
  const shown = url.searchParams.get('save') ?? saves[0]?.id;
  return {
    lesson,
    textLocale: locale,
    saves,
    after,
    older: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    isNewest: shown === newest,
    save: shown && newest ? (await locals.api.query(SaveDiff, { id: shown, newest })).lessonSave : null,
    isRestored: url.searchParams.has('restored'),
    idempotencyKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  restore: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(LessonSaveRestore, {
      input: {
        lessonId: params.id,
        saveId: text(form, 'saveId'),
        expectedRevision: Number(text(form, 'revision')),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    const locale = encodeURIComponent(text(form, 'locale'));
    redirect(303, `/studio/${params.slug}/lessons/${params.id}/history?locale=${locale}&restored`);
  },
};
