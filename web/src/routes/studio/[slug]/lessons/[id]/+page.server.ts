import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const LessonEditor = graphql(`
  query LessonEditor($id: ID!, $locale: String!) {
    lesson(id: $id) {
      id
      kind
      title
      revision
      estimatedMinutes
      translation(locale: $locale) {
        title
        markdown
      }
      version {
        publishedAt
        defaultLocale
        locales
        title
        course {
          slug
        }
        modules {
          lessons {
            id
            title
          }
        }
      }
    }
  }
`);

const TextPreview = graphql(`
  query TextPreview($markdown: String!) {
    markdownPreview(markdown: $markdown) {
      html
      problems {
        line
        severity
        code
      }
    }
  }
`);

const LessonSave = graphql(`
  mutation LessonSave($input: LessonUpdateInput!) {
    lessonUpdate(input: $input) {
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

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const locale = url.searchParams.get('locale') ?? apiLocale(locals.locale);
  const { lesson } = await locals.api.query(LessonEditor, { id: params.id, locale });
  const { course, defaultLocale, locales, modules, publishedAt } = lesson.version;
  if (course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  // A published lesson can only be looked at.
  if (publishedAt) redirect(303, `/studio/${params.slug}/preview/${params.id}`);
  if (!locales.includes(locale)) redirect(303, `${url.pathname}?locale=${defaultLocale}`);
  const markdown = lesson.translation?.markdown ?? '';
  const lessons = modules.flatMap((module) => module.lessons);
  return {
    lesson,
    /** Of the text; the page itself is in `locale`. */
    textLocale: locale,
    title: lesson.translation?.title ?? '',
    markdown,
    preview: (await locals.api.query(TextPreview, { markdown })).markdownPreview,
    next: lessons[lessons.findIndex(({ id }) => id === lesson.id) + 1] ?? null,
    idempotencyKey: crypto.randomUUID(),
  };
};

/** As it was typed; a browser sends the ends of lines as on paper tape. */
const typed = (form: FormData) => ({
  title: text(form, 'title'),
  estimatedMinutes: text(form, 'estimatedMinutes'),
  markdown: form.has('markdown') ? String(form.get('markdown')).replaceAll('\r\n', '\n') : null,
});

export const actions: Actions = {
  save: async ({ request, locals, params, platform }) => {
    const form = await request.formData();
    const values = typed(form);
    const { lesson, userErrors } = await locals.api.mutate(LessonSave, {
      input: {
        lessonId: params.id,
        locale: text(form, 'locale'),
        title: values.title,
        // What is no number is refused like a number that does not fit.
        estimatedMinutes: Math.trunc(Number(values.estimatedMinutes)) || 0,
        markdown: values.markdown,
        expectedRevision: Number(text(form, 'revision')),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    return { revision: lesson!.revision, savedAt: platform!.req.gateway.now().toISOString() };
  },

  preview: async ({ request, locals }) => {
    const values = typed(await request.formData());
    const { markdownPreview } = await locals.api.query(TextPreview, { markdown: values.markdown ?? '' });
    return { values, preview: markdownPreview };
  },
};
