import { error } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const StudioNewest = graphql(`
  query StudioNewest($slug: String!) {
    course(slug: $slug) {
      versions {
        id
      }
    }
  }
`);

const CourseTranslation = graphql(`
  query CourseTranslation($id: ID!) {
    courseVersion(id: $id) {
      id
      title
      publishedAt
      defaultLocale
      modules {
        id
        title
      }
      translations {
        locale
        completeCount
        totalCount
        texts {
          moduleId
          field
          source
          text
          state
        }
        questions {
          id
          excerpt
          asked
          state
        }
        lessons {
          state
          lesson {
            id
            kind
            title
          }
        }
      }
    }
  }
`);

const OutlineTranslate = graphql(`
  mutation OutlineTranslate($input: CourseOutlineTranslateInput!) {
    courseOutlineTranslate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type OutlineField = 'TITLE' | 'SUMMARY' | 'OUTCOMES' | 'DESCRIPTION';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { course } = await locals.api.query(StudioNewest, { slug: params.slug });
  const newest = course?.versions[0]?.id;
  if (!newest) error(404, faults(locals.locale).sentence(404));
  const { courseVersion: version } = await locals.api.query(CourseTranslation, { id: newest });
  const translation = version.translations.find(({ locale }) => locale === params.locale);
  if (!translation) error(404, faults(locals.locale).sentence(404));
  return { version, translation, idempotencyKey: crypto.randomUUID() };
};

export const actions: Actions = {
  save: async ({ request, locals, params }) => {
    const form = await request.formData();
    // The lines of a form end otherwise than those of the API.
    const all = (name: string) => form.getAll(name).map((each) => String(each).replaceAll('\r\n', '\n'));
    const [modules, fields, texts] = [all('moduleId'), all('field'), all('text')];
    const [before, sources, fits] = [all('before'), all('source'), new Set(all('fits'))];
    // Only what was changed or looked at: what somebody else wrote meanwhile in another line stays.
    const changed = texts.flatMap((value, index) =>
      value.trim() === before[index] && !fits.has(String(index))
        ? []
        : [
            {
              moduleId: modules[index] || null,
              field: fields[index] as OutlineField,
              text: value.trim(),
              expected: before[index]!,
              source: sources[index]!,
            },
          ],
    );
    if (changed.length === 0) return { saved: true };
    const { userErrors } = await locals.api.mutate(OutlineTranslate, {
      input: {
        versionId: text(form, 'versionId'),
        locale: params.locale,
        texts: changed,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    return userErrors.length > 0 ? refused(userErrors, { texts }) : { saved: true };
  },
};
