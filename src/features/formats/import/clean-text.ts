/** Without what PostgreSQL's jsonb does not take: NUL goes, a lone surrogate becomes U+FFFD. */
export function clean(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** At most so many UTF-16 units, cut between characters. */
export function cutTo(most: number, text: string): string {
  return clean(text)
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '');
}
