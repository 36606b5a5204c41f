import { redirect, type RequestEvent } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';

const BookmarkCreate = graphql(`
  mutation BookmarkCreate($input: BookmarkCreateInput!) {
    bookmarkCreate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const BookmarkDelete = graphql(`
  mutation BookmarkDelete($input: BookmarkDeleteInput!) {
    bookmarkDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Marks the place that a form names. @returns the block, and why not, if so */
export async function setBookmark({ request, locals }: RequestEvent) {
  const form = await request.formData();
  const block = Number(text(form, 'block')) || 0;
  const { userErrors } = await locals.api.mutate(BookmarkCreate, {
    input: { lessonId: text(form, 'lessonId'), block },
  });
  return { block, userErrors };
}

/** Takes away the bookmark that a form names. @returns what the form says besides, and why not, if so */
export async function removeBookmark({ request, locals }: RequestEvent) {
  const form = await request.formData();
  const { userErrors } = await locals.api.mutate(BookmarkDelete, {
    input: { bookmarkId: text(form, 'bookmarkId') },
  });
  return { form, userErrors };
}

/** What a learner does with the bookmarks of a lesson on its page; they come back to the place. */
export const bookmarkActions = {
  bookmark: async (event: RequestEvent) => {
    const { block, userErrors } = await setBookmark(event);
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `${event.url.pathname}?marked=${block}${hashOf(block)}`);
  },

  removeBookmark: async (event: RequestEvent) => {
    const { userErrors } = await removeBookmark(event);
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, event.url.pathname + hashOf(Number(event.url.searchParams.get('block'))));
  },
};

/** The part of an address that leads to a block; the lesson itself is the top of its page. */
export const hashOf = (block: number): string => (block > 0 ? `#block-${block}` : '');
