import { error, type RequestHandler } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { csvOf } from '$lib/csv';
import { faults } from '$lib/messages/faults';
import { importing } from '$lib/messages/import';

const ImportReport = graphql(`
  query ImportReport($id: ID!, $after: String) {
    courseImportJob(id: $id) {
      fileName
      format
      summary {
        modules
        lessons
        questions
        bankQuestions
        errors
        warnings
      }
      problems(first: 100, after: $after) {
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

/** The whole report as a file: for a spreadsheet, or for a program. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { id, format } = params as { id: string; format: string };
  if (format !== 'csv' && format !== 'json') error(404, faults(locals.locale).sentence(404));
  const { courseImportJob: job } = await locals.api.query(ImportReport, { id });
  const problems = [...job.problems.nodes];
  for (let { pageInfo } = job.problems; pageInfo.hasNextPage;) {
    const { courseImportJob: next } = await locals.api.query(ImportReport, { id, after: pageInfo.endCursor });
    problems.push(...next.problems.nodes);
    pageInfo = next.problems.pageInfo;
  }
  const { column } = importing(locals.locale);
  const body =
    format === 'json'
      ? JSON.stringify({ file: job.fileName, format: job.format, summary: job.summary, problems }, null, 2)
      : csvOf([
          [column.file, column.line, column.severity, column.code, column.message],
          ...problems.map(({ file, line, severity, code, message }) => [file, line, severity, code, message]),
        ]);
  return new Response(body, {
    headers: {
      'content-type': format === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="report-${id}.${format}"`,
    },
  });
};
