import type { CalloutNode } from './block-document.js';
import type { Locale } from '../../platform/locale.js';

/** The few words in a lesson that are not its author's. */
interface Words {
  tone: Record<CalloutNode['attrs']['tone'], string>;
  transcript: string;
  /** What another site shows. @param host as HTML */
  from: (host: string) => string;
  megabytes: string;
  kilobytes: string;
}

const WORDS: Record<Locale, Words> = {
  en: {
    tone: { TIP: 'Tip', NOTE: 'Good to know', WARNING: 'Watch out' },
    transcript: 'Transcript',
    from: (host) => `On ${host}, another site`,
    megabytes: 'MB',
    kilobytes: 'kB',
  },
  fr: {
    tone: { TIP: 'Astuce', NOTE: 'Bon à savoir', WARNING: 'Attention' },
    transcript: 'Transcription',
    from: (host) => `Sur ${host}, un autre site`,
    megabytes: 'Mo',
    kilobytes: 'ko',
  },
};

export const wordsOf = (locale: Locale): Words => WORDS[locale];

/** In megabytes (10⁶ bytes) with one decimal at most, or in whole kilobytes: `1.2 MB`, `1,2 Mo`. */
export function sizeInWords(bytes: number, locale: Locale): string {
  const { megabytes, kilobytes } = wordsOf(locale);
  const inNumber = (value: number, maximumFractionDigits: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
  return bytes >= 1_000_000
    ? `${inNumber(bytes / 1_000_000, 1)}\u00a0${megabytes}`
    : `${inNumber(Math.max(1, bytes / 1_000), 0)}\u00a0${kilobytes}`;
}

/** A language's name in another one, with a capital: `Français` for `fr` in `fr`. The tag itself where it has none. */
export function languageName(tag: string, locale: Locale): string {
  let name: string | undefined;
  try {
    name = new Intl.DisplayNames([locale], { type: 'language' }).of(tag);
  } catch {
    // Well-formed for us, and not for BCP 47.
  }
  return name ? name.charAt(0).toUpperCase() + name.slice(1) : tag;
}
