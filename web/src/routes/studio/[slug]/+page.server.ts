import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';
import { makeEdit } from './edits.server';
import type { Actions, PageServerLoad } from './$types';

const StudioCourse = graphql(`
  query StudioCourse($slug: String!) {
    course(slug: $slug) {
      id
      slug
      title
      viewerRole
      learners {
        inProgress
        completed
      }
      openComments {
        lessonKey
        locale
        count
      }
      versions {
        id
        number
        publishedAt
        publishPolicy
        contentHash
        locales
      }
      version {
        id
      }
      draft {
        id
        number
        defaultLocale
        locales
        deletedParts {
          id
          isModule
          title
        }
      }
    }
  }
`);

/** What became of the lessons since the published version: reads every text of both. */
const StudioChanges = graphql(`
  query StudioChanges($id: ID!) {
    courseVersion(id: $id) {
      impact {
        changes {
          kind
          key
        }
      }
    }
  }
`);

/** Of the draft, else of the published version. */
const StudioOutline = graphql(`
  query StudioOutline($id: ID!, $locale: String) {
    courseVersion(id: $id) {
      modules(locale: $locale) {
        id
        key
        title
        lessons {
          id
          key
          kind
          title
          required
          estimatedMinutes
          submission
          quiz {
            questionCount
          }
        }
      }
    }
  }
`);

const DraftCreate = graphql(`
  mutation DraftCreate($courseId: ID!, $idempotencyKey: String!) {
    courseDraftCreate(input: { courseId: $courseId, idempotencyKey: $idempotencyKey }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { course } = await locals.api.query(StudioCourse, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const { draft } = course;
  // A title is changed in the language that it is shown in, so this one is chosen and not fallen back to.
  const wanted = [url.searchParams.get('locale'), apiLocale(locals.locale), draft?.defaultLocale];
  const textLocale = wanted.find((tag) => tag && draft?.locales.includes(tag)) ?? null;
  // Of a course that nobody knows yet every lesson is new: the marks would say nothing.
  const isNew = course.versions.every(({ publishedAt }) => !publishedAt);
  const [{ courseVersion }, changed] = await Promise.all([
    locals.api.query(StudioOutline, { id: (draft ?? course.version).id, locale: textLocale }),
    draft && !isNew ? locals.api.query(StudioChanges, { id: draft.id }) : null,
  ]);
  return {
    course,
    modules: courseVersion.modules,
    /** Null where there is no draft, or nothing to compare it with. */
    changes: changed?.courseVersion.impact.changes ?? null,
    textLocale,
    idempotencyKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  startDraft: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(DraftCreate, {
      courseId: text(form, 'courseId'),
      idempotencyKey: text(form, 'idempotencyKey'),
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}#content`);
  },

  edit: async ({ request, locals }) => makeEdit(locals.api, await request.formData()),
};
