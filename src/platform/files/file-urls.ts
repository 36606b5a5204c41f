/** Widths in pixels in which pictures are kept, besides the original's own. A picture is never made larger than it came. */
export const IMAGE_WIDTHS = [480, 960, 1600] as const;

/** Where a stored file is served: by its SHA-256, so that it never changes and may be kept for ever. */
export const fileUrl = (hash: string): string => `/files/${hash}`;

/** Where a stored picture is served in one of its widths, as WebP. */
export const imageUrl = (hash: string, width: number): string => `/files/${hash}/${width}.webp`;

/** The widths in which a picture is kept, narrowest first; the last is its own where that is narrower than the widest. */
export function imageWidths(ownWidth: number): number[] {
  const smaller = IMAGE_WIDTHS.filter((width) => width < ownWidth);
  return smaller.length === IMAGE_WIDTHS.length ? smaller : [...smaller, ownWidth];
}
