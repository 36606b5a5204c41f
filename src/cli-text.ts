import type { Reading } from './features/formats/import/read-source.js';

/** @param formats names of the formats that a course can leave in. */
export const helpText = (formats: readonly string[]): string => `Courses in and out, from a terminal.

  npm run tremplin -- import <file or folder> [--dry-run] [--slug <slug>] [--as <trainer@example.org>] [--locale fr]
  npm run tremplin -- export <slug> --as <format> [--out <file>] [--version <draft | published | id>] [--locale fr]
                             [--trainer <trainer@example.org>]

import  reads a .zip, .tar.gz, .imscc, .mbz, a single file or a folder, prints what was understood and what was not, and puts
        the rest into the course's draft, all of it or nothing. Published versions stay as they are.
  --dry-run   only report
  --slug      of the course, an existing or a new one; by default made of the file's name
  --as        in whose name; by default an administrator's
  --locale    language of what is in the file, where it does not say

export  writes a course to a file, and prints where. It overwrites none.
  --as        ${formats.join(' | ') || 'a format'}
  --out       by default <slug>-v<number> in this folder
  --version   by default the draft, else what is published

Ends with 0 when it is done, 1 when it is done but something was left out, 2 when nothing was done.`;

/** Columns that are wider than their widest useful text are cut; the message never is. */
const MAX_FILE_WIDTH = 48;

/** What was read, as a person reads it in a terminal. */
export function reportTable({ format, summary, problems }: Reading): string {
  const { modules, lessons, questions, bankQuestions, errors, warnings } = summary;
  const head = [
    `Format     ${format ?? 'none that is known'}`,
    `Understood ${modules} modules, ${lessons} lessons, ${questions} questions (${bankQuestions} for the bank)`,
    `Problems   ${errors} left out, ${warnings} to look at`,
  ];
  if (problems.length === 0) return head.join('\n');
  const place = (file: string, line: number): string => {
    const text = `${file}:${line}`;
    return text.length > MAX_FILE_WIDTH ? `…${text.slice(1 - MAX_FILE_WIDTH)}` : text;
  };
  const rows = problems.map(({ severity, file, line, code, message }) => [
    severity === 'ERROR' ? 'left out' : 'look at',
    place(file, line),
    code,
    message,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell)).join('  '),
  );
  return [...head, '', ...lines].join('\n');
}
