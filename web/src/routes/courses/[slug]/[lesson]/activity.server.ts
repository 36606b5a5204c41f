import { redirect, type RequestEvent } from '@sveltejs/kit';
import { refused, text, type UserError } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';

const ActivitySave = graphql(`
  mutation ActivitySave($input: ActivitySaveInput!) {
    activitySave(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const ActivitySubmit = graphql(`
  mutation ActivitySubmit($input: ActivitySubmitInput!) {
    activitySubmit(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const ActivityFileAdd = graphql(`
  mutation ActivityFileAdd($input: ActivityFileAddInput!) {
    activityFileAdd(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const ActivityFileRemove = graphql(`
  mutation ActivityFileRemove($input: ActivityFileRemoveInput!) {
    activityFileRemove(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const activityOf = (form: FormData) => ({
  enrollmentId: text(form, 'enrollmentId'),
  lessonId: text(form, 'lessonId'),
});

/** Keeps the text and the files of a form as the draft. @returns why not, of the first that is refused. */
async function keep({ locals }: RequestEvent, form: FormData): Promise<readonly UserError[]> {
  const activity = activityOf(form);
  if (form.has('text')) {
    const input = { ...activity, text: text(form, 'text') };
    const { userErrors } = await locals.api.mutate(ActivitySave, { input });
    if (userErrors.length > 0) return userErrors;
  }
  for (const file of form.getAll('file')) {
    // A field without a file is sent as one without a name.
    if (!(file instanceof File) || (file.name === '' && file.size === 0)) continue;
    const contentBase64 = Buffer.from(await file.arrayBuffer()).toString('base64');
    const input = { ...activity, name: file.name, contentBase64 };
    const { userErrors } = await locals.api.mutate(ActivityFileAdd, { input });
    if (userErrors.length > 0) return userErrors;
  }
  return [];
}

const answer = ({ url }: RequestEvent, form: FormData, userErrors: readonly UserError[]) =>
  userErrors.length > 0 ? refused(userErrors, { text: text(form, 'text') }) : redirect(303, url.pathname);

/** What a learner does with an activity; what they typed is kept with every button. */
export const activityActions = {
  saveActivity: async (event: RequestEvent) => {
    const form = await event.request.formData();
    return answer(event, form, await keep(event, form));
  },

  removeFile: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const problems = await keep(event, form);
    if (problems.length > 0) return answer(event, form, problems);
    const input = { ...activityOf(form), fileId: text(form, 'fileId') };
    const { userErrors } = await event.locals.api.mutate(ActivityFileRemove, { input });
    return answer(event, form, userErrors);
  },

  submitActivity: async (event: RequestEvent) => {
    const form = await event.request.formData();
    const sent = form.getAll('file').some((file) => file instanceof File && file.size > 0);
    const problems = sent ? await keep(event, form) : [];
    if (problems.length > 0) return answer(event, form, problems);
    const input = { ...activityOf(form), text: form.has('text') ? text(form, 'text') : null };
    const { userErrors } = await event.locals.api.mutate(ActivitySubmit, { input });
    return answer(event, form, userErrors);
  },
};
