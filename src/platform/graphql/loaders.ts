import DataLoader from 'dataloader';

/** A function that reads many keys in one statement, and answers by key. Its identity names the loader. */
export type BatchRead<K extends string, V> = (keys: readonly K[]) => Promise<Map<K, V>>;

/** The data loaders of one request: an edge asked of a hundred rows costs one statement. */
export class Loaders {
  private readonly loaders = new Map<unknown, DataLoader<string, unknown>>();

  /** @param owner names the loader: the same owner must always come with the same way of reading. */
  load<K extends string, V>(owner: unknown, key: K, read: BatchRead<K, V>): Promise<V | undefined> {
    let loader = this.loaders.get(owner) as DataLoader<K, V | undefined> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V | undefined>(async (keys) => {
        const found = await read(keys);
        return keys.map((each) => found.get(each));
      });
      this.loaders.set(owner, loader);
    }
    return loader.load(key);
  }
}
