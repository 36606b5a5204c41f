import type { Client } from './client.js';
import type { TestApp } from './test-app.js';

const JOB = `id state format failure version { id }
  summary { modules lessons questions bankQuestions errors warnings }
  problems(first: 100) { nodes { file line severity code message } }`;

/** An import as the API tells of it. */
export interface SentImport {
  id: string;
  state: string;
  format: string | null;
  failure: string | null;
  version: { id: string } | null;
  summary: Record<'modules' | 'lessons' | 'questions' | 'bankQuestions' | 'errors' | 'warnings', number>;
  problems: { nodes: { file: string; line: number; severity: string; code: string; message: string }[] };
}

/** Sends a file as the studio does, and waits until it is read. @param query of `POST /imports`. */
export async function sendImport(
  app: TestApp,
  who: Client,
  { name, content }: { name: string; content: Buffer },
  query: string,
): Promise<SentImport> {
  const headers = { 'x-tremplin-upload': '1', 'x-file-name': encodeURIComponent(name) };
  const { status, body } = await who.upload(`/imports?${query}`, content, headers);
  if (status !== 201) throw new Error(JSON.stringify(body));
  await drained(app);
  return importOf(who, body.id as string);
}

/** Has it taken over, and waits until it is. */
export async function applyImport(app: TestApp, who: Client, jobId: string): Promise<SentImport> {
  await who.mutate('courseImportApply', 'CourseImportApplyInput', { jobId }, 'job { id }');
  await drained(app);
  return importOf(who, jobId);
}

async function importOf(who: Client, id: string): Promise<SentImport> {
  const { courseImportJob } = await who.ask(`query ($id: ID!) { courseImportJob(id: $id) { ${JOB} } }`, {
    id,
  });
  return courseImportJob as SentImport;
}

async function drained(app: TestApp): Promise<void> {
  const [error] = await app.drainOutbox();
  if (error) throw error;
}
