/** Why a learner leaves, in the order in which they are asked. */
export const LEAVING_REASONS = [
  'NO_TIME',
  'NOT_WHAT_I_NEED',
  'TOO_HARD',
  'TOO_EASY',
  'TECHNICAL',
  'OTHER',
] as const;

/** Whether an enrollment is over without a completion: its learner may begin anew. */
export const hasEnded = ({ state }: { state: string }): boolean =>
  state === 'WITHDRAWN' || state === 'EXPIRED';
