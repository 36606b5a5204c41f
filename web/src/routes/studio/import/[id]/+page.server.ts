import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const ImportJob = graphql(`
  query ImportJob($id: ID!, $severity: ImportProblemSeverity, $after: String) {
    courseImportJob(id: $id) {
      id
      slug
      fileName
      state
      step
      progressPercent
      format
      failure
      isNewCourse
      createdAt
      course {
        slug
        title
      }
      version {
        id
      }
      summary {
        modules
        lessons
        questions
        bankQuestions
        errors
        warnings
      }
      problems(first: 50, severity: $severity, after: $after) {
        nodes {
          file
          line
          severity
          code
          message
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const ImportApply = graphql(`
  mutation ImportApply($jobId: ID!, $quiz: CourseImportQuizInput, $idempotencyKey: String!) {
    courseImportApply(input: { jobId: $jobId, quiz: $quiz, idempotencyKey: $idempotencyKey }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const ImportCancel = graphql(`
  mutation ImportCancel($jobId: ID!) {
    courseImportCancel(input: { jobId: $jobId }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const SEVERITIES = ['ERROR', 'WARNING'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const asked = url.searchParams.get('severity');
  const severity = SEVERITIES.find((each) => each === asked) ?? null;
  const after = url.searchParams.get('after');
  const { courseImportJob } = await locals.api.query(ImportJob, { id: params.id, severity, after });
  return { job: courseImportJob, severity, idempotencyKey: crypto.randomUUID() as string };
};

export const actions: Actions = {
  apply: async ({ request, locals, params }) => {
    const form = await request.formData();
    const [moduleTitle, lessonTitle] = [text(form, 'moduleTitle'), text(form, 'lessonTitle')];
    const { userErrors } = await locals.api.mutate(ImportApply, {
      jobId: params.id,
      quiz: form.has('makeQuiz') ? { moduleTitle, lessonTitle } : null,
      idempotencyKey: text(form, 'idempotencyKey'),
    });
    // The API names them within the quiz; the page has them side by side.
    const here = userErrors.map((each) => ({ ...each, field: each.field?.replace('quiz.', '') ?? null }));
    if (here.length > 0) return refused(here, { moduleTitle, lessonTitle });
    redirect(303, `/studio/import/${params.id}`);
  },
  cancel: async ({ locals, params }) => {
    const { userErrors } = await locals.api.mutate(ImportCancel, { jobId: params.id });
    if (userErrors.length > 0) return refused(userErrors, { moduleTitle: '', lessonTitle: '' });
    redirect(303, `/studio/import/${params.id}`);
  },
};
