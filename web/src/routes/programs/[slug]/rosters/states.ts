/** How the state of a roster looks. */
export const stateKind = (state: string): 'plain' | 'yes' | 'wait' | 'no' =>
  state === 'APPLIED' ? 'yes' : state === 'FAILED' ? 'no' : state === 'CANCELED' ? 'plain' : 'wait';

/** Something happens to it in the background. */
export const isRunning = (state: string): boolean => state === 'UPLOADED' || state === 'APPLYING';

/** How the outcome of a row looks. */
export const outcomeKind = (outcome: string): 'plain' | 'yes' | 'wait' | 'no' =>
  outcome === 'ENROLLED'
    ? 'yes'
    : outcome === 'REFUSED'
      ? 'no'
      : outcome === 'TO_ENROLL' || outcome === 'INVITED'
        ? 'wait'
        : 'plain';
