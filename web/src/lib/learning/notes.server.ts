import { redirect, type RequestEvent } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';

const NoteSave = graphql(`
  mutation NoteSave($input: LessonNoteSaveInput!) {
    lessonNoteSave(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const NoteDelete = graphql(`
  mutation NoteDelete($input: LessonNoteDeleteInput!) {
    lessonNoteDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** What a learner does with a note, on the lesson's page and on that of all notes; they come back to the note. */
export const noteActions = {
  saveNote: async ({ request, locals, url }: RequestEvent) => {
    const form = await request.formData();
    const lessonId = text(form, 'lessonId');
    const note = text(form, 'note');
    const revision = text(form, 'revision');
    const expectedRevision = revision === '' ? null : Number(revision);
    const { userErrors } = await locals.api.mutate(NoteSave, {
      input: { lessonId, text: note, expectedRevision },
    });
    if (userErrors.length > 0)
      return refused(
        userErrors.map((each) => ({ ...each, field: each.field === 'text' ? 'note' : each.field })),
        { lessonId, note },
      );
    redirect(
      303,
      `${url.pathname}?noted=${encodeURIComponent(lessonId)}#note-${encodeURIComponent(lessonId)}`,
    );
  },

  deleteNote: async ({ request, locals, url }: RequestEvent) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(NoteDelete, { input: { noteId: text(form, 'noteId') } });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `${url.pathname}?deleted`);
  },
};
