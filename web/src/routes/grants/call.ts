/** When applications are taken. Instants, RFC 3339. */
export interface Window {
  opensAt: string;
  closesAt: string;
  /** IANA; the zone in which the notice of the call prints its times. */
  timeZone: string;
}

export type CallState = 'upcoming' | 'open' | 'closed';

/** @param now RFC 3339 */
export function stateOf({ opensAt, closesAt }: Window, now: string): CallState {
  const at = Date.parse(now);
  if (at < Date.parse(opensAt)) return 'upcoming';
  return at <= Date.parse(closesAt) ? 'open' : 'closed';
}

/** Whole days until an instant, rounded down; when less than one is left, hours, rounded up. */
export function timeUntil(instant: string, now: string): { days: number; hours: number } {
  const hours = (Date.parse(instant) - Date.parse(now)) / 3_600_000;
  return { days: Math.floor(hours / 24), hours: Math.ceil(hours) };
}
