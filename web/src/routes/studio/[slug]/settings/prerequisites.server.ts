import type { RequestEvent } from '@sveltejs/kit';
import { refused, text, type Api } from '$lib/api/api.server';
import { graphql, type ResultOf } from '$lib/api/graphql';

const PublishedCourses = graphql(`
  query PublishedCourses($after: String) {
    courses(first: 100, after: $after) {
      nodes {
        id
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const PrerequisiteAdd = graphql(`
  mutation PrerequisiteAdd($input: CoursePrerequisiteAddInput!) {
    coursePrerequisiteAdd(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const PrerequisiteRemove = graphql(`
  mutation PrerequisiteRemove($input: CoursePrerequisiteRemoveInput!) {
    coursePrerequisiteRemove(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** The courses that may be added to the prerequisites of one, by title: all that are published, but itself and those it has. */
export async function choicesFor(
  api: Api,
  course: { id: string; prerequisites: readonly { id: string }[] },
  locale: string,
): Promise<{ id: string; title: string }[]> {
  const taken = new Set([course.id, ...course.prerequisites.map(({ id }) => id)]);
  const choices: { id: string; title: string }[] = [];
  let after: string | null = null;
  do {
    const { courses }: ResultOf<typeof PublishedCourses> = await api.query(PublishedCourses, { after });
    choices.push(...courses.nodes.filter(({ id }) => !taken.has(id)));
    after = courses.pageInfo.hasNextPage ? courses.pageInfo.endCursor : null;
  } while (after);
  return choices.sort((a, b) => a.title.localeCompare(b.title, locale));
}

async function readWish({ request }: RequestEvent): Promise<{ courseId: string; prerequisiteId: string }> {
  const form = await request.formData();
  return { courseId: text(form, 'courseId'), prerequisiteId: text(form, 'prerequisiteId') };
}

export const prerequisiteActions = {
  addPrerequisite: async (event: RequestEvent) => {
    const input = await readWish(event);
    const { userErrors } = await event.locals.api.mutate(PrerequisiteAdd, { input });
    if (userErrors.length > 0) return refused(userErrors, { prerequisiteId: input.prerequisiteId });
    return { savedPrerequisites: true };
  },

  removePrerequisite: async (event: RequestEvent) => {
    const input = await readWish(event);
    const { userErrors } = await event.locals.api.mutate(PrerequisiteRemove, { input });
    if (userErrors.length > 0) return refused(userErrors, { prerequisiteId: input.prerequisiteId });
    return { savedPrerequisites: true };
  },
};
