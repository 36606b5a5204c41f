import { text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { RequestHandler } from './$types';

const PositionSave = graphql(`
  mutation PositionSave($input: LessonPositionSaveInput!) {
    lessonPositionSave(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** A form without a page: where the reader is, sent by $lib/enhance/reading.js, which waits for no answer. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const form = await request.formData();
  const block = Number(text(form, 'block') || NaN);
  const second = form.has('videoSeconds') ? Number(text(form, 'videoSeconds')) : null;
  if (!Number.isSafeInteger(block) || (second !== null && !Number.isSafeInteger(second)))
    return new Response(null, { status: 400 });
  const { userErrors } = await locals.api.mutate(PositionSave, {
    input: {
      enrollmentId: text(form, 'enrollmentId'),
      lessonId: text(form, 'lessonId'),
      block,
      videoSeconds: second,
    },
  });
  return new Response(null, { status: userErrors.length > 0 ? 422 : 204 });
};
