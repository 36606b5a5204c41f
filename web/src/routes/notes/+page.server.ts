import { graphql } from '$lib/api/graphql';
import { noteActions } from '$lib/learning/notes.server';
import type { Actions, PageServerLoad } from './$types';

const Notes = graphql(`
  query Notes($after: String) {
    lessonNotes(first: 20, after: $after) {
      nodes {
        id
        lessonKey
        text
        revision
        updatedAt
        course {
          slug
          title
        }
        lesson {
          id
          key
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { lessonNotes } = await locals.api.query(Notes, { after: url.searchParams.get('after') });
  return {
    notes: lessonNotes,
    noted: url.searchParams.get('noted'),
    isDeleted: url.searchParams.has('deleted'),
  };
};

export const actions: Actions = noteActions;
