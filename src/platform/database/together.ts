import DataLoader from 'dataloader';

/** More in one statement would make those that came first wait for those that came last. */
const MOST_AT_ONCE = 100;

/**
 * Makes a read that many requests do at the same moment one statement, whoever asks. Nothing is kept: every answer is read
 * after it was asked for. A key must be one that cannot make the statement fail, or one caller's fault would be everyone's.
 * @param read answers in the order of the keys, of which some may be the same.
 */
export function together<K, V>(read: (keys: readonly K[]) => Promise<V[]>): (key: K) => Promise<V> {
  const loader = new DataLoader<K, V>(read, {
    cache: false,
    maxBatchSize: MOST_AT_ONCE,
    // When all that arrived in this turn of the event loop has been taken up: who asks alone waits for nothing.
    batchScheduleFn: (dispatch) => void setImmediate(dispatch),
  });
  return (key) => loader.load(key);
}
