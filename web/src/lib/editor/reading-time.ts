import type { JsonNode } from './schema/lesson-json.js';

const WORDS_PER_MINUTE = 180;
/** Of a video that does not say how long it is. */
const SECONDS_PER_VIDEO = 300;

/** Words of a text, and the minutes that reading it and watching its videos takes: 1 to 120. */
export function readingTime(body: JsonNode): { words: number; minutes: number } {
  let words = 0;
  let seconds = 0;
  const open = [body];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.text) words += node.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    if (node.type === 'video') seconds += Number(node.attrs?.durationSeconds ?? SECONDS_PER_VIDEO);
    open.push(...(node.content ?? []));
  }
  return { words, minutes: Math.min(120, Math.max(1, Math.ceil(words / WORDS_PER_MINUTE + seconds / 60))) };
}
