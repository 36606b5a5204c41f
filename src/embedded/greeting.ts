import type { Config } from '../config.js';
import { DEMO_PEOPLE } from './demo-people.js';

/** The last lines of a start: where it is, who to be, what to try. */
export function greet({ publicUrl, seed }: Config, say: (line: string) => void): void {
  const lines = [
    '',
    `Tremplin is ready: ${publicUrl}`,
    '',
    `  API          ${publicUrl}/graphql`,
    `  Mailbox      ${publicUrl}/demo/mailbox   (mail is kept here instead of being sent)`,
    `  Clock        ${publicUrl}/demo/clock     (moves time forward, for everybody)`,
    '',
    ...(seed === 'demo' ? people() : ['Nothing was seeded (SEED=none).']),
    '',
    'Try in another terminal:  npm run demo',
    'Stop with Ctrl-C. Everything is kept in .data; delete that folder to start afresh.',
  ];
  for (const line of lines) say(line);
}

const people = (): string[] => [
  'Sign in as (a six-digit code comes by mail, into the mailbox above):',
  ...Object.values(DEMO_PEOPLE).map(({ email, what }) => `  ${email.padEnd(28)}${what}`),
];
