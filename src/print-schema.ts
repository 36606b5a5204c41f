import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';
import { SystemClock } from './platform/clock.js';
import { buildSchema, schemaText } from './platform/graphql/schema.js';

const FILE = 'schema.graphql';
const path = join(import.meta.dirname, '../..', FILE);

/** `npm run schema` writes schema.graphql; with `--check` it fails when the committed file is not what the code says. */
async function main(): Promise<void> {
  const config = { ...readConfig({}), databaseUrl: '', masterKey: Buffer.alloc(0) };
  // Nothing of this is started: only the classes are read.
  const mailer = { send: () => Promise.reject(new Error('No mail is sent while the schema is printed.')) };
  const text = schemaText(await buildSchema(AppModule.with({ config, clock: new SystemClock(), mailer })));
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`Wrote ${FILE}.`);
    return;
  }
  const difference = firstDifference(readCommitted(), text);
  if (difference)
    throw new Error(
      `${FILE} is not what the code says. ${difference}\nRun "npm run schema" and read what changes.`,
    );
  console.log(`${FILE} is what the code says.`);
}

function readCommitted(): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The first line that differs, as a hint of where to look; undefined when the texts are the same. */
function firstDifference(committed: string, fromCode: string): string | undefined {
  if (committed === fromCode) return undefined;
  const [before, after] = [committed.split('\n'), fromCode.split('\n')];
  const index = after.findIndex((line, at) => line !== before[at]);
  const at = index === -1 ? after.length : index;
  return `They differ from line ${at + 1}:\n  committed: ${before[at] ?? '(ends)'}\n  code:      ${after[at] ?? '(ends)'}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
