/** Why a person says no to an invitation, in the order in which they are asked. */
export const DECLINE_REASONS = [
  'NO_TIME',
  'NOT_WHAT_I_NEED',
  'ALREADY_KNOWN',
  'NOT_EXPECTED',
  'OTHER',
] as const;
