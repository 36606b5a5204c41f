import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { textsOf } from './question-texts';
import type { Actions, PageServerLoad } from './$types';

const QuestionToTranslate = graphql(`
  query QuestionToTranslate($id: ID!) {
    question(id: $id) {
      id
      course {
        slug
        versions {
          id
        }
      }
      version {
        number
        kind
        promptMarkdown
        explanation
        options {
          key
          text
          feedback
          correct
          match
        }
      }
    }
  }
`);

const QuestionsToTranslate = graphql(`
  query QuestionsToTranslate($id: ID!) {
    courseVersion(id: $id) {
      title
      defaultLocale
      translations {
        locale
        questions {
          id
          asked
          state
        }
      }
    }
  }
`);

const QuestionTranslate = graphql(`
  mutation QuestionTranslate($input: QuestionTranslateInput!) {
    questionTranslate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { question } = await locals.api.query(QuestionToTranslate, { id: params.id });
  const newest = question.course.versions[0]?.id;
  const notFound = () => error(404, faults(locals.locale).sentence(404));
  if (question.course.slug !== params.slug || !newest) notFound();
  const { courseVersion: version } = await locals.api.query(QuestionsToTranslate, { id: newest! });
  const questions = version.translations.find(({ locale }) => locale === params.locale)?.questions;
  if (!questions) notFound();
  const here = questions!.findIndex(({ id }) => id === question.id);
  // Those after it first, then from the beginning.
  const others = [...questions!.slice(here + 1), ...questions!.slice(0, Math.max(here, 0))];
  return {
    version,
    number: question.version.number,
    texts: textsOf(question.version, version.defaultLocale, params.locale),
    // An archived question that no quiz asks is in no list, and nobody waits for it.
    state: questions![here]?.state ?? 'COMPLETE',
    next: others.find(({ state }) => state !== 'COMPLETE')?.id ?? null,
    saved: url.searchParams.has('saved'),
    idempotencyKey: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  save: async ({ request, locals, params, url }) => {
    const form = await request.formData();
    const typed = new Map([...form].map(([name, value]) => [name, String(value)]));
    const keys = form.getAll('key').map(String);
    const { userErrors } = await locals.api.mutate(QuestionTranslate, {
      input: {
        questionId: params.id,
        expectedVersion: Number(text(form, 'expectedVersion')),
        locale: params.locale,
        promptMarkdown: typed.get('prompt') ?? null,
        explanation: typed.get('explanation') ?? null,
        options: keys.map((key) => ({
          key,
          text: typed.get(`text.${key}`) ?? null,
          match: typed.get(`match.${key}`) ?? null,
          feedback: typed.get(`feedback.${key}`) ?? null,
        })),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, Object.fromEntries(typed));
    const next = text(form, 'next');
    redirect(303, next ? `${url.pathname.replace(/[^/]+$/, next)}?saved` : `${url.pathname}?saved`);
  },
};
