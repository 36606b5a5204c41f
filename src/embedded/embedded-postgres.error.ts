/** A failure of the embedded PostgreSQL: what happened, what PostgreSQL printed, and how to mend it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  /**
   * @param problem one sentence that says what did not work
   * @param remedy one sentence that says what to do about it
   * @param printed what PostgreSQL wrote on stderr or in its log, if it ran
   */
  constructor(
    readonly problem: string,
    readonly remedy: string,
    readonly printed = '',
    options?: ErrorOptions,
  ) {
    const quoted = printed.trim() === '' ? '' : `\nPostgreSQL printed:\n${indent(printed.trim())}`;
    super(`${problem}${quoted}\nTo mend it: ${remedy}`, options);
  }
}

/** The way out that always works, for the end of a remedy. */
export const useAnotherServer = 'or set DATABASE_URL to a PostgreSQL 18 server of your own';

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
