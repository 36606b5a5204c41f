import DataLoader from 'dataloader';

/** A function that reads many keys in one statement, and answers by key. Its identity names the loader. */
export type BatchRead<K extends string, V> = (keys: readonly K[]) => Promise<Map<K, V>>;

/** The data loaders of one request: an edge asked of a hundred rows costs one statement. */
export class Loaders {
  private readonly loaders = new Map<unknown, DataLoader<string, unknown>>();
  private readonly told = new Map<unknown, Map<string, unknown>>();

  /** @param owner names the loader: the same owner must always come with the same way of reading. */
  async load<K extends string, V>(owner: unknown, key: K, read: BatchRead<K, V>): Promise<V | undefined> {
    return this.loadOrRecall(owner, key, read);
  }

  /** As {@link load}, but at once what was {@link tell told}: fifty promises cost a page more than its statements do. */
  loadOrRecall<K extends string, V>(
    owner: unknown,
    key: K,
    read: BatchRead<K, V>,
  ): Promise<V | undefined> | V | undefined {
    const told = this.told.get(owner);
    if (told?.has(key)) return told.get(key) as V | undefined;
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

  /** Tells a loader what another statement has read on its way, so that it need not. */
  tell<V>(
    owner: (...parameters: never[]) => Promise<Map<string, V>>,
    key: string,
    value: V | undefined,
  ): void {
    const told = this.told.get(owner) ?? new Map<string, unknown>();
    this.told.set(owner, told.set(key, value));
  }
}
