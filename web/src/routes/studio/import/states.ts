/** How a state looks. */
export const stateKind = (state: string): 'plain' | 'yes' | 'wait' | 'no' =>
  state === 'APPLIED'
    ? 'yes'
    : state === 'FAILED'
      ? 'no'
      : state === 'READY' || isRunning(state)
        ? 'wait'
        : 'plain';

/** Something happens to it in the background. */
export const isRunning = (state: string): boolean => ['UPLOADED', 'READING', 'APPLYING'].includes(state);
