import { plainText, type BlockDocument } from './block-document.js';

/** As the studio proposes them (web/src/lib/editor/reading-time.ts), so that a lesson does not change by being opened. */
const WORDS_PER_MINUTE = 180;
const MINUTES_PER_QUESTION = 0.5;
/** Of a video that does not say how long it is. */
const MINUTES_PER_VIDEO = 5;
const MOST_MINUTES = 120;

/** Minutes that reading a text and watching its videos takes: 1 to 120. */
export function minutesToLearn(body: BlockDocument): number {
  const words = plainText(body).match(/\S+/g)?.length ?? 0;
  const watching = body.content.reduce(
    (sum, block) =>
      block.type === 'video' ? sum + (block.attrs.durationSeconds ?? MINUTES_PER_VIDEO * 60) / 60 : sum,
    0,
  );
  return within(words / WORDS_PER_MINUTE + watching);
}

/** Minutes that a quiz of so many questions takes: 1 to 120. */
export const minutesToAnswer = (questionCount: number): number =>
  within(questionCount * MINUTES_PER_QUESTION);

const within = (minutes: number): number => Math.min(MOST_MINUTES, Math.max(1, Math.ceil(minutes)));
