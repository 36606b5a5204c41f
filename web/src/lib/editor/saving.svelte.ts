import { deserialize } from '$app/forms';
import type { Diff } from './Diff.svelte';
import { localCopies, type Draft } from './local-copy.js';

export type SavingState = 'clean' | 'dirty' | 'saving' | 'offline' | 'refused' | 'conflict';

/** What somebody else saved meanwhile. */
export interface Theirs {
  draft: Draft;
  revision: number;
  /** Safe HTML. */
  html: string;
  savedBy: string | null;
  /** RFC 3339. */
  savedAt: string | null;
  /** From theirs to mine. */
  diff: Diff;
}

const IDLE_MS = 2_000;
const RETRY_MS = 10_000;
const COPY_MS = 400;

interface Options {
  locale: string;
  /** That was opened. */
  revision: number;
  draft: Draft;
  copyKey: string;
}

/** The answer of the form when a save was refused. */
interface Refused {
  errors: { code: string; message: string }[];
  /** What somebody else saved meanwhile. */
  theirs?: Theirs;
}

/**
 * Saves what is written: two seconds after the last key, when the page is left, when asked. Until it is saved, a copy is kept on the
 * device. Of two people who write at once the second one is told, and nothing of either is lost.
 */
export class Saving {
  state = $state<SavingState>('clean');
  /** In milliseconds since 1970, by this device's clock. */
  savedAt = $state<number | null>(null);
  problem = $state('');
  theirs = $state.raw<Theirs | null>(null);
  /** Whether the device keeps a copy of what is not saved. */
  isKept = $state(false);

  private current: Draft;
  private saved: string;
  private revision: number;
  private key = '';
  private idle: ReturnType<typeof setTimeout> | undefined;
  private copy: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Options) {
    this.current = options.draft;
    this.saved = JSON.stringify(options.draft);
    this.revision = options.revision;
  }

  get isUnsaved(): boolean {
    return JSON.stringify(this.current) !== this.saved;
  }

  change(part: Partial<Draft>): void {
    this.current = { ...this.current, ...part };
    if (this.state === 'conflict') return this.keepCopy();
    clearTimeout(this.idle);
    if (!this.isUnsaved) {
      if (this.state !== 'saving') this.state = 'clean';
      return;
    }
    // The same text sent twice is saved once; another text is another request.
    this.key = crypto.randomUUID();
    if (this.state !== 'saving') this.state = 'dirty';
    this.keepCopy();
    this.idle = setTimeout(() => void this.save(), IDLE_MS);
  }

  /** @param byHand a save of its own in the history, not one that is put together with those around it. */
  async save(byHand = false): Promise<void> {
    clearTimeout(this.idle);
    if (this.state === 'saving' || this.state === 'conflict' || (!byHand && !this.isUnsaved)) return;
    const sent = this.current;
    if (sent.title.trim() === '') return;
    this.state = 'saving';
    const form = new FormData();
    form.set('locale', this.options.locale);
    form.set('title', sent.title);
    form.set('estimatedMinutes', String(sent.estimatedMinutes));
    if (sent.body) form.set('body', JSON.stringify(sent.body));
    form.set('revision', String(this.revision));
    form.set('autosave', byHand ? '' : 'true');
    form.set('idempotencyKey', (this.key ||= crypto.randomUUID()));
    const result = await fetch('?/save', {
      method: 'POST',
      body: form,
      headers: { 'x-sveltekit-action': 'true' },
      keepalive: form.get('body') === null || String(form.get('body')).length < 30_000,
    })
      .then(async (response) => deserialize(await response.text()))
      .catch(() => null);
    if (result?.type === 'success') return this.done(sent, result.data as { revision: number });
    if (result?.type === 'failure') return this.refused(result.data as unknown as Refused);
    if (result?.type === 'redirect') return location.assign(result.location);
    this.state = 'offline';
    this.idle = setTimeout(() => void this.save(byHand), RETRY_MS);
  }

  /** Mine takes the place of theirs, which stays in the history. */
  keepMine(): Promise<void> {
    this.accept();
    return this.save(true);
  }

  /** Theirs is what is saved from now on; the page shows it. */
  takeTheirs(): Draft | null {
    const theirs = this.theirs;
    if (!theirs) return null;
    this.accept();
    this.current = theirs.draft;
    this.done(theirs.draft, theirs);
    return theirs.draft;
  }

  /** What the page offers after it was left without saving. */
  leftover() {
    const copy = localCopies.read(this.options.copyKey);
    if (copy && JSON.stringify(copy.draft) !== this.saved) return copy;
    localCopies.drop(this.options.copyKey);
    return null;
  }

  dropLeftover(): void {
    localCopies.drop(this.options.copyKey);
  }

  private accept(): void {
    if (!this.theirs) return;
    this.revision = this.theirs.revision;
    this.saved = JSON.stringify(this.theirs.draft);
    this.theirs = null;
    this.state = 'dirty';
    this.key = crypto.randomUUID();
  }

  private done(sent: Draft, { revision }: { revision: number }): void {
    this.revision = revision;
    this.saved = JSON.stringify(sent);
    this.savedAt = Date.now();
    this.problem = '';
    this.key = '';
    this.state = this.isUnsaved ? 'dirty' : 'clean';
    if (this.isUnsaved) return this.change({});
    clearTimeout(this.copy);
    this.isKept = false;
    localCopies.drop(this.options.copyKey);
  }

  private refused({ errors, theirs }: Refused) {
    this.key = '';
    // Another language of the lesson was saved, or the very same text: there is nothing to decide.
    if (theirs && JSON.stringify(theirs.draft) === this.saved) {
      this.revision = theirs.revision;
      this.state = 'dirty';
      return this.save();
    }
    this.problem = errors[0]?.message ?? '';
    this.theirs = theirs ?? null;
    this.state = theirs ? 'conflict' : 'refused';
  }

  private keepCopy(): void {
    clearTimeout(this.copy);
    this.copy = setTimeout(() => {
      this.isKept = localCopies.keep(this.options.copyKey, this.current);
    }, COPY_MS);
  }
}
