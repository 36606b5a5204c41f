import { dateTimeOf, minutes } from '$lib/format';
import { allowances } from '$lib/messages/allowances';

/** Fields of the form by which somebody is given something in a quiz. */
export const ALLOWANCE_FIELDS = ['extraMinutes', 'extraAttempts', 'closesLocal', 'reason'] as const;
export type AllowanceValues = Partial<Record<(typeof ALLOWANCE_FIELDS)[number], string>>;

/** What an allowance gives, in words; that of nothing takes back what was given before. */
export function whatIsGiven(given: {
  extraMinutes: number;
  extraAttempts: number;
  closesAt: string | null;
}): string {
  const t = allowances();
  const what = [
    ...(given.extraMinutes ? [t.moreTime(minutes(given.extraMinutes))] : []),
    ...(given.extraAttempts ? [t.moreTries(given.extraAttempts)] : []),
    ...(given.closesAt ? [t.laterClose(dateTimeOf(given.closesAt))] : []),
  ];
  return what.join(', ') || t.nothing;
}
