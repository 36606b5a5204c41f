import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CONCURRENCY } from './limits.mjs';
import { nodeBinary } from './places.mjs';
import { startServer } from './servers.mjs';

/** More than fit into a processor's cache, few enough to send to the load's process at once. */
const PAGES = 20_000;
const PAGES_COMPARED = 25;
const TURNS = 2;

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Always the same pages in the same order: mulberry32. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Measures servers against each other: all run at once and are asked in turn, twice in each round, so that what slows the
 * machine slows all of them.
 * @param contestants `{ name, script, environment, query, contentOf }`; the first is the floor, the last is compared to all.
 * @param page makes a random request, `{ session, variables }`.
 * @param isWriting each request is sent once in all, because the second time there would be less to do.
 * @returns requests per second by name, medians of the rounds, and the ratios of the last to each.
 */
export async function compareServers(bench, contestants, page, { isWriting = false } = {}) {
  const random = randomFrom(1);
  const more = (count) => Array.from({ length: count }, () => page(random));
  let pages = more(PAGES);
  const servers = [];
  const load = fork(join(import.meta.dirname, 'load.mjs'), { execPath: nodeBinary() });
  try {
    for (const contestant of contestants) servers.push(await startServer(contestant, bench.databaseUrl));
    await requireSameAnswers(contestants, servers, pages.slice(0, PAGES_COMPARED));
    if (isWriting) pages = pages.slice(PAGES_COMPARED);
    bench.say(`All ${contestants.length} answer the same.`);
    const ask = async (index, seconds) => {
      const { query, name } = contestants[index];
      load.send({ port: servers[index].port, query, pages, isWriting, seconds, concurrency: CONCURRENCY });
      const [{ perSecond, sent, error }] = await once(load, 'message');
      if (error) throw new Error(`${name}: ${error}`);
      if (isWriting) pages = [...pages.slice(sent), ...more(sent)];
      return perSecond;
    };
    for (const index of contestants.keys()) await ask(index, bench.warmUpSeconds);
    const rounds = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      const answered = contestants.map(() => 0);
      for (let turn = 0; turn < TURNS; turn += 1) {
        for (const index of contestants.keys())
          answered[index] += await ask(index, bench.secondsPerRound / TURNS);
      }
      rounds.push(answered.map((perSecond) => perSecond / TURNS));
      const shown = contestants.map(({ name }, index) => `${name} ${Math.round(rounds.at(-1)[index])}/s`);
      bench.say(`Round ${round}: ${shown.join(', ')}`);
    }
    return figuresOf(contestants, rounds);
  } finally {
    load.kill();
    for (const { stop } of servers) await stop();
  }
}

/** Medians over the rounds; a ratio is the median of what it was in each round, so that a slow one weighs on both. */
function figuresOf(contestants, rounds) {
  const own = contestants.length - 1;
  const figures = contestants.map(({ name }, index) => [
    name,
    Math.round(median(rounds.map((round) => round[index]))),
  ]);
  const ratios = contestants.slice(0, own).map(({ name }, index) => {
    const ratio = median(rounds.map((round) => round[own] / round[index]));
    return [`ratioTo${name[0].toUpperCase()}${name.slice(1)}`, Math.round(ratio * 100) / 100];
  });
  return Object.fromEntries([...figures, ...ratios]);
}

/** Fails unless everyone answers the same pages with the same content. */
async function requireSameAnswers(contestants, servers, pages) {
  for (const { session, variables } of pages) {
    let expected;
    for (const [index, { name, query, contentOf }] of contestants.entries()) {
      const response = await fetch(`http://127.0.0.1:${servers[index].port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `__Host-session=${session}` },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const answer = response.ok ? JSON.parse(text) : {};
      if (answer.errors || !answer.data) throw new Error(`${name} does not answer: ${text.slice(0, 1_000)}`);
      const content = contentOf(answer.data);
      expected ??= content;
      if (!isDeepStrictEqual(content, expected)) {
        throw new Error(
          `${name} answers otherwise than ${contestants[0].name} for ${JSON.stringify(variables)}:\n${JSON.stringify(content).slice(0, 600)}\n${JSON.stringify(expected).slice(0, 600)}`,
        );
      }
    }
  }
}
