import { error, redirect } from '@sveltejs/kit';
import { refused, text, type Api } from '$lib/api/api.server';
import type { Draft } from '$lib/editor/local-copy';
import type { JsonNode } from '$lib/editor/schema/lesson-json.js';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';
import { LessonEditor, LessonMeanwhile, LessonSave, LessonSource, TextPreview } from './operations.server';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const locale = url.searchParams.get('locale') ?? apiLocale(locals.locale);
  const { viewer, lesson } = await locals.api.query(LessonEditor, { id: params.id, locale });
  const { course, defaultLocale, locales, modules, publishedAt } = lesson.version;
  if (course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  // A published lesson can only be looked at.
  if (publishedAt) redirect(303, `/studio/${params.slug}/preview/${params.id}`);
  if (!locales.includes(locale)) redirect(303, `${url.pathname}?locale=${defaultLocale}`);
  const lessons = modules.flatMap((module) => module.lessons);
  const isTranslation = locale !== defaultLocale;
  return {
    lesson,
    personId: viewer!.id,
    /** Of the text; the page itself is in `locale`. */
    textLocale: locale,
    draft: draftOf(lesson),
    /** Safe HTML, as the text is stored. */
    html: lesson.translation?.bodyHtml ?? '',
    markdown: lesson.translation?.markdown ?? '',
    source: isTranslation
      ? await locals.api
          .query(LessonSource, { id: lesson.id, source: defaultLocale, locale, versionId: lesson.version.id })
          .then(({ lesson: source, courseVersion }) => ({
            ...source,
            locale: defaultLocale,
            state: courseVersion.translations
              .find((translation) => translation.locale === locale)
              ?.lessons.find((each) => each.lesson.id === lesson.id)?.state,
          }))
      : null,
    next: lessons[lessons.findIndex(({ id }) => id === lesson.id) + 1] ?? null,
    idempotencyKey: crypto.randomUUID(),
  };
};

interface Stored {
  kind: string;
  estimatedMinutes: number;
  translation: { title: string | null; body?: unknown } | null;
}

const EMPTY = { type: 'doc', content: [] };

/** What there is to write; a lesson that has no text of its own has none to write. */
function draftOf({ kind, estimatedMinutes, translation }: Stored): Draft {
  const hasBody = kind !== 'QUIZ' && kind !== 'PACKAGE';
  return {
    title: translation?.title ?? '',
    estimatedMinutes,
    body: hasBody ? ((translation?.body ?? EMPTY) as JsonNode) : null,
  };
}

/** As it was typed; a browser sends the ends of lines as on paper tape. */
const typed = (form: FormData) => ({
  title: text(form, 'title'),
  estimatedMinutes: text(form, 'estimatedMinutes'),
  markdown: form.has('markdown') ? String(form.get('markdown')).replaceAll('\r\n', '\n') : null,
});

function bodyOf(form: FormData): Record<string, unknown> | null {
  try {
    return JSON.parse(text(form, 'body') || 'null') as Record<string, unknown> | null;
  } catch {
    return {}; // refused by the API like any other text of a wrong form
  }
}

/** What somebody else saved, and how it differs from what is in the form. */
async function meanwhile(
  api: Api,
  variables: { id: string; locale: string; title: string; body: Record<string, unknown> | null },
) {
  const { lesson } = await api.query(LessonMeanwhile, variables);
  const [last] = lesson.history.nodes;
  return {
    draft: draftOf(lesson),
    revision: lesson.revision,
    html: last?.bodyHtml ?? '',
    savedBy: last?.savedBy?.name ?? null,
    savedAt: last?.savedAt ?? null,
    diff: lesson.changesTo,
  };
}

export const actions: Actions = {
  save: async ({ request, locals, params, platform }) => {
    const form = await request.formData();
    const values = typed(form);
    const body = bodyOf(form);
    const locale = text(form, 'locale');
    const { lesson, userErrors } = await locals.api.mutate(LessonSave, {
      input: {
        lessonId: params.id,
        locale,
        title: values.title,
        // What is no number is refused like a number that does not fit.
        estimatedMinutes: Math.trunc(Number(values.estimatedMinutes)) || 0,
        markdown: values.markdown,
        body,
        expectedRevision: Number(text(form, 'revision')),
        autosave: text(form, 'autosave') === 'true',
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length === 0)
      return { revision: lesson!.revision, savedAt: platform!.req.gateway.now().toISOString() };
    const failure = refused(userErrors, values);
    if (values.markdown === null && userErrors.some(({ code }) => code === 'LESSON_CHANGED')) {
      const asked = { id: params.id, locale, title: values.title, body };
      Object.assign(failure.data, { theirs: await meanwhile(locals.api, asked) });
    }
    return failure;
  },

  /** A translation whose source was changed is looked at and found right: saved as it is. */
  confirm: async ({ request, locals, params }) => {
    const locale = text(await request.formData(), 'locale');
    const { lesson } = await locals.api.query(LessonEditor, { id: params.id, locale });
    const { userErrors } = await locals.api.mutate(LessonSave, {
      input: { lessonId: params.id, locale, expectedRevision: lesson.revision },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/translate/${locale}`);
  },

  preview: async ({ request, locals }) => {
    const values = typed(await request.formData());
    const { markdownPreview } = await locals.api.query(TextPreview, { markdown: values.markdown ?? '' });
    return { values, preview: markdownPreview };
  },
};
