import { parseUrl } from '$lib/url';

/** A badge as somebody gave it: its JSON, or its address. */
type Given = { badge: Record<string, unknown> } | { host: string; id: string };

const PATH = /^\/credentials\/([0-9a-f-]{36})(\/badge\.json)?\/?$/i;

/** @returns null when it is neither. */
export function readBadge(typed: string): Given | null {
  if (typed.startsWith('{')) {
    try {
      return { badge: JSON.parse(typed) as Record<string, unknown> };
    } catch {
      return null;
    }
  }
  // People leave the protocol out when they type an address.
  const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = parseUrl(address);
  if (/\s/.test(typed) || url === null) return null;
  const { host, pathname } = url;
  const id = PATH.exec(pathname)?.[1];
  return id ? { host, id } : null;
}
