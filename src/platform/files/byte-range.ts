import type { Request } from 'express';
import type { ByteRange } from './file-drivers.js';

/**
 * The part that was asked for (RFC 9110, section 14): undefined for the whole, which is also the answer to several parts, to a
 * malformed header, and when `If-Range` names another content.
 */
export function rangeOf(req: Request, bytes: number, etag: string): ByteRange | 'UNSATISFIABLE' | undefined {
  const condition = req.headers['if-range'];
  if (req.method !== 'GET' || (condition !== undefined && condition !== etag)) return undefined;
  const ranges = req.range(bytes, { combine: true });
  if (ranges === -1) return 'UNSATISFIABLE';
  if (!Array.isArray(ranges) || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return { start: ranges[0]!.start, end: ranges[0]!.end };
}
