import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';
import { isTopic } from '$lib/messages/topics';
import type { Actions, PageServerLoad } from './$types';
import { choicesFor, prerequisiteActions } from './prerequisites.server';

const SettingsOf = graphql(`
  query CourseSettings($slug: String!) {
    course(slug: $slug) {
      id
      title
      viewerRole
      prerequisites {
        id
        slug
        title
      }
      draft {
        id
        revision
        defaultLocale
        locales
        partialLocales
        topics
        license
      }
    }
  }
`);

const TextsOf = graphql(`
  query CourseTexts($id: ID!, $locale: String!) {
    courseVersion(id: $id) {
      translation(locale: $locale) {
        title
        summary
        outcomes
        descriptionMarkdown
      }
    }
  }
`);

const Save = graphql(`
  mutation CourseSettingsSave($input: CourseVersionUpdateInput!) {
    courseVersionUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const LocaleAdd = graphql(`
  mutation CourseLocaleAdd($input: CourseLocaleAddInput!) {
    courseLocaleAdd(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const LocaleRemove = graphql(`
  mutation CourseLocaleRemove($input: CourseLocaleRemoveInput!) {
    courseLocaleRemove(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { course } = await locals.api.query(SettingsOf, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const { draft } = course;
  /** Null for who may not change what comes before the course. */
  const choices = course.viewerRole === 'AUTHOR' ? await choicesFor(locals.api, course, locals.locale) : null;
  const idempotencyKey = crypto.randomUUID();
  if (!draft) return { course, choices, draft: null, idempotencyKey };
  const wanted = [url.searchParams.get('locale'), apiLocale(locals.locale)];
  const textLocale = wanted.find((tag) => tag && draft.locales.includes(tag)) ?? draft.defaultLocale;
  const { courseVersion } = await locals.api.query(TextsOf, { id: draft.id, locale: textLocale });
  const { title, summary, outcomes, descriptionMarkdown } = courseVersion.translation;
  return {
    course,
    choices,
    draft,
    textLocale,
    texts: {
      title: title ?? '',
      summary: summary ?? '',
      outcomes: outcomes.join('\n'),
      descriptionMarkdown: descriptionMarkdown ?? '',
      areas: draft.topics.filter(isTopic) as string[],
      topics: draft.topics.filter((topic) => !isTopic(topic)).join(', '),
      license: draft.license ?? '',
    },
    idempotencyKey,
  };
};

export const actions: Actions = {
  ...prerequisiteActions,

  save: async ({ request, locals }) => {
    const form = await request.formData();
    const values = {
      title: text(form, 'title'),
      summary: text(form, 'summary'),
      outcomes: text(form, 'outcomes'),
      descriptionMarkdown: String(form.get('descriptionMarkdown') ?? '').replaceAll('\r\n', '\n'),
      areas: form.getAll('area').map(String),
      topics: text(form, 'topics'),
      license: text(form, 'license'),
    };
    const { areas, ...texts } = values;
    const { userErrors } = await locals.api.mutate(Save, {
      input: {
        ...texts,
        versionId: text(form, 'versionId'),
        locale: text(form, 'locale'),
        outcomes: values.outcomes.split(/\r?\n/),
        topics: [...areas, ...values.topics.split(',')],
        partial: form.has('mayBePartial') ? form.get('partial') === 'on' : null,
        expectedRevision: Number(text(form, 'revision')),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    return { saved: true };
  },

  addLocale: async ({ request, locals, params }) => {
    const form = await request.formData();
    const locale = text(form, 'locale');
    const { userErrors } = await locals.api.mutate(LocaleAdd, {
      input: { versionId: text(form, 'versionId'), locale },
    });
    if (userErrors.length > 0) return refused(userErrors, { newLocale: locale });
    redirect(303, `/studio/${params.slug}/settings?locale=${locale}`);
  },

  removeLocale: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(LocaleRemove, {
      input: {
        versionId: text(form, 'versionId'),
        locale: text(form, 'locale'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, { newLocale: '' });
    redirect(303, `/studio/${params.slug}/settings`);
  },
};
