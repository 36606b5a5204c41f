/**
 * A text as an absolute URL (WHATWG URL standard); null when it is none. Not `URL.canParse`: once optimized, that of Node 20 says
 * no to every address with a letter such as "é".
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
