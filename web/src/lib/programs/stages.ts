/** From enrolled to badge; each stage is part of the one before. */
export const STAGES = [
  'ENROLLED',
  'STARTED',
  'QUARTER_DONE',
  'HALF_DONE',
  'THREE_QUARTERS_DONE',
  'COMPLETED',
  'BADGE',
] as const;
export type Stage = (typeof STAGES)[number];

export const isStage = (text: string): text is Stage => STAGES.includes(text as Stage);
