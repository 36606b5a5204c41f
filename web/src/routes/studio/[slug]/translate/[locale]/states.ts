/** How a state of a translation is shown. */
export const STATE_KINDS = { COMPLETE: 'yes', OUT_OF_DATE: 'wait', MISSING: 'no' } as const;
