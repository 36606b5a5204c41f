import type { Locale } from '../../platform/locale.js';
import { BADGE_CHECKS, type BadgeCheck } from './badge.proof.js';

/** One thing that was looked at, and whether it was in order. */
export interface CheckOutcome {
  readonly code: BadgeCheck;
  readonly passed: boolean;
}

/** The checks that were made, in order: those up to the one that failed, or all. */
export function outcomesOf(failed: BadgeCheck | undefined): CheckOutcome[] {
  const made = failed ? BADGE_CHECKS.slice(0, BADGE_CHECKS.indexOf(failed) + 1) : BADGE_CHECKS;
  return made.map((code) => ({ code, passed: code !== failed }));
}

/** No badge of ours has a third of it, nor half its depth; work and stack are bounded by it, whatever is pasted. */
const MOST_VALUES = 300;
const DEEPEST = 20;
const LONGEST_TEXT = 20_000;

/** Whether parsed JSON is larger than any badge that is worth looking at. Without recursion, so that depth is no danger. */
export function isTooLarge(json: unknown): boolean {
  const pending = [{ value: json, depth: 1 }];
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    count += 1;
    if (count > MOST_VALUES || depth > DEEPEST) return true;
    if (typeof value === 'string' && value.length > LONGEST_TEXT) return true;
    if (typeof value !== 'object' || value === null) continue;
    const inner = Object.values(value);
    if (inner.length > MOST_VALUES) return true;
    for (const each of inner) pending.push({ value: each, depth: depth + 1 });
  }
  return false;
}

/** Who a badge says has issued it, if it says so at all. */
export function issuerIdOf(badge: Record<string, unknown>): string | undefined {
  const { issuer } = badge;
  const id = typeof issuer === 'object' && issuer !== null ? (issuer as { id?: unknown }).id : issuer;
  return typeof id === 'string' ? id : undefined;
}

/** What the sentences name. */
export interface IssuerNames {
  readonly issuerName: string;
  /** Whether the badge names this site as its issuer. */
  readonly isOurs: boolean;
  /** In the words of whoever revoked it, if it was. */
  readonly revocationReason?: string | null;
}

/** The outcome of a check, for somebody who was shown a badge and has never heard of keys. */
export function checkSentence(
  { code, passed }: CheckOutcome,
  locale: Locale,
  { issuerName, isOurs, revocationReason }: IssuerNames,
): string {
  const [yes, no] = SENTENCES[locale][code];
  if (passed) return yes.replace('{issuer}', () => issuerName);
  const sentence = code === 'ISSUER' && !isOurs ? ELSEWHERE[locale] : no;
  return sentence.replace('{issuer}', () => issuerName).replace('{reason}', () => revocationReason ?? '');
}

const ELSEWHERE: Record<Locale, string> = {
  en: 'This badge says that somebody else issued it. Only badges issued by {issuer} can be checked here.',
  fr: 'Ce badge dit avoir été délivré par quelqu’un d’autre. Seuls les badges délivrés par {issuer} peuvent être vérifiés ici.',
};

/** For each check: passed, failed. */
const SENTENCES: Record<Locale, Record<BadgeCheck, [string, string]>> = {
  en: {
    FORM: [
      'It has the form of an Open Badges 3.0 credential.',
      'This is not a signed Open Badges 3.0 credential, or a part of it is missing.',
    ],
    ISSUER: [
      'It was signed with a key that {issuer} has published.',
      'It was signed with a key that {issuer} has not published.',
    ],
    DATES: ['It is valid today.', 'It is not valid today: it is not valid yet, or no longer.'],
    SIGNATURE: [
      'The signature is genuine: nothing was changed since it was issued.',
      'The signature does not match: something was changed after it was issued, or {issuer} did not issue it.',
    ],
    STATUS: ['It was not revoked.', '{issuer} has revoked it. Reason given: {reason}'],
  },
  fr: {
    FORM: [
      'Il a la forme d’un titre Open Badges 3.0.',
      'Ce n’est pas un titre Open Badges 3.0 signé, ou il en manque une partie.',
    ],
    ISSUER: [
      'Il a été signé avec une clé publiée par {issuer}.',
      'Il a été signé avec une clé que {issuer} n’a pas publiée.',
    ],
    DATES: [
      'Il est valable aujourd’hui.',
      'Il n’est pas valable aujourd’hui : il ne l’est pas encore, ou ne l’est plus.',
    ],
    SIGNATURE: [
      'La signature est authentique : rien n’a été modifié depuis sa délivrance.',
      'La signature ne correspond pas : quelque chose a été modifié après sa délivrance, ou {issuer} ne l’a pas délivré.',
    ],
    STATUS: ['Il n’a pas été révoqué.', '{issuer} l’a révoqué. Motif donné : {reason}'],
  },
};
