/** Where an enrollment goes on, as the API says it. */
export interface ContinueAt {
  lesson: { key: string };
  position: { block: number } | null;
}

/** The address of the lesson to go on with; the mark takes $lib/enhance/reading.js to the place in it. */
export const continueAddress = (slug: string, { lesson, position }: ContinueAt): string =>
  `/courses/${slug}/${lesson.key}${position && position.block > 0 ? '#go-on' : ''}`;
