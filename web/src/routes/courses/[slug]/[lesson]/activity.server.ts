import { redirect, type RequestEvent } from '@sveltejs/kit';
import { refused, text, type UserError } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { activity } from '$lib/messages/activity';

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

/** In bytes. Of a form that is larger not even its text is read. */
const MOST = 25_000_000;

/** @returns the form, or why it is not read. */
async function read({ request, locals }: RequestEvent): Promise<FormData | readonly UserError[]> {
  if (Number(request.headers.get('content-length')) <= MOST) return request.formData();
  return [{ code: 'FORM_TOO_LARGE', field: 'file', message: activity(locals.locale).tooMuch }];
}

/** Reads the form, does what it asks for, and shows the page again. */
async function act(
  event: RequestEvent,
  work: (form: FormData) => Promise<readonly UserError[]>,
): Promise<ReturnType<typeof refused>> {
  const form = await read(event);
  if (!(form instanceof FormData)) return refused(form, {});
  const userErrors = await work(form);
  if (userErrors.length > 0) return refused(userErrors, { text: text(form, 'text') });
  redirect(303, event.url.pathname);
}

/** What a learner does with an activity; what they typed is kept with every button. */
export const activityActions = {
  saveActivity: (event: RequestEvent) => act(event, (form) => keep(event, form)),

  removeFile: (event: RequestEvent) =>
    act(event, async (form) => {
      const problems = await keep(event, form);
      if (problems.length > 0) return problems;
      const input = { ...activityOf(form), fileId: text(form, 'fileId') };
      return (await event.locals.api.mutate(ActivityFileRemove, { input })).userErrors;
    }),

  submitActivity: (event: RequestEvent) =>
    act(event, async (form) => {
      const problems = await keep(event, form);
      if (problems.length > 0) return problems;
      const input = { ...activityOf(form), text: form.has('text') ? text(form, 'text') : null };
      return (await event.locals.api.mutate(ActivitySubmit, { input })).userErrors;
    }),
};
