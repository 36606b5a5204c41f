import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { removeBookmark, setBookmark } from '$lib/learning/bookmarks.server';
import type { Actions, PageServerLoad } from './$types';

const Bookmarks = graphql(`
  query Bookmarks($after: String, $course: String) {
    bookmarks(first: 20, after: $after, course: $course) {
      nodes {
        id
        block
        words
        createdAt
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

/** The address of this page for one course, or for all. */
const addressOf = (course: string | null, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...(course && { course }), ...more }).toString();
  return query ? `/bookmarks?${query}` : '/bookmarks';
};

export const load: PageServerLoad = async ({ locals, url }) => {
  const course = url.searchParams.get('course');
  const { bookmarks } = await locals.api.query(Bookmarks, { after: url.searchParams.get('after'), course });
  const [lessonId, block] = url.searchParams.get('removed')?.split('.') ?? [];
  return {
    course,
    courses: [...new Map(bookmarks.nodes.map((each) => [each.course.slug, each.course])).values()].map(
      (each) => ({
        ...each,
        bookmarks: bookmarks.nodes.filter((bookmark) => bookmark.course.slug === each.slug),
      }),
    ),
    earlier: bookmarks.pageInfo.hasNextPage
      ? addressOf(course, { after: bookmarks.pageInfo.endCursor ?? '' })
      : null,
    /** What was removed just now; it can be set again while the course has the lesson. */
    removed: lessonId === undefined ? null : { lessonId, block: block ?? '0' },
  };
};

export const actions: Actions = {
  remove: async (event) => {
    const { form, userErrors } = await removeBookmark(event);
    if (userErrors.length > 0) return refused(userErrors, {});
    const removed = `${text(form, 'lessonId')}.${text(form, 'block')}`;
    redirect(303, addressOf(event.url.searchParams.get('course'), { removed }));
  },

  undo: async (event) => {
    const { userErrors } = await setBookmark(event);
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, addressOf(event.url.searchParams.get('course')));
  },
};
