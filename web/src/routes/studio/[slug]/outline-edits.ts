import { deserialize } from '$app/forms';

export interface LessonRow {
  id: string;
  key: string;
  kind: string;
  title: string;
  required: boolean;
  estimatedMinutes: number;
  submission: string | null;
  quiz: { questionCount: number } | null;
}

export interface ModuleRow {
  id: string;
  key: string;
  title: string;
  lessons: LessonRow[];
}

export type EditName =
  | 'lessonCreate'
  | 'lessonDuplicate'
  | 'lessonUpdate'
  | 'lessonSettingsUpdate'
  | 'lessonMove'
  | 'lessonDelete'
  | 'lessonRestore'
  | 'moduleCreate'
  | 'moduleUpdate'
  | 'moduleMove'
  | 'moduleDelete'
  | 'moduleRestore';

/** What was made, where something was. */
export interface EditResult {
  lesson?: LessonRow | null;
  module?: Omit<ModuleRow, 'lessons'> | null;
}

/** Why a change was not saved: a sentence of the API, or null when the line was lost. */
export class NotSaved extends Error {
  constructor(readonly sentence: string | null) {
    super(sentence ?? 'The line was lost.');
  }
}

/**
 * Sends one change. When no answer comes it is sent once more with the same key, so that it is never done twice.
 * @throws NotSaved
 */
export async function sendEdit(name: EditName, input: object): Promise<EditResult> {
  const body = new FormData();
  body.set('edit', name);
  body.set('input', JSON.stringify({ ...input, idempotencyKey: newKey() }));
  const post = () => fetch('?/edit', { method: 'POST', body, headers: { 'x-sveltekit-action': 'true' } });
  const answer = await post()
    .catch(post)
    .catch(() => null);
  if (!answer) throw new NotSaved(null);
  const result = deserialize<EditResult & Record<string, unknown>, { message: string | null }>(
    await answer.text(),
  );
  if (result.type === 'success') return result.data ?? {};
  throw new NotSaved(
    result.type === 'failure'
      ? (result.data?.message ?? null)
      : result.type === 'error'
        ? ((result.error as { message?: string }).message ?? null)
        : null,
  );
}

/** `crypto.randomUUID` is missing on plain http, where the embedded mode is reached from a phone. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
