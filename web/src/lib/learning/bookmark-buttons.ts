import { ICONS } from '$lib/design/icons';
import { bookmarks } from '$lib/messages/bookmarks';

/** What a lesson's page knows of its bookmarks. */
export interface Marks {
  /** The id of the bookmark at a block. */
  at: ReadonlyMap<number, string>;
  /** The block that was marked just now. */
  justSet: number | null;
}

/** The form that the buttons belong to, wherever they stand. */
export const BOOKMARK_FORM = 'bookmark';

const ICON = `<svg viewBox="0 0 24 24" width="1.5rem" height="1.5rem" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linejoin="round" aria-hidden="true"><path d="${ICONS.bookmark}"/></svg>`;

/** A button that sets or removes a bookmark, without a script too. @param place what stands there, as HTML without tags */
function buttonOf(block: number, place: string, { at }: Marks): string {
  const id = at.get(block);
  const does = id
    ? `formaction="?/removeBookmark&amp;block=${block}" name="bookmarkId" value="${id}"`
    : `name="block" value="${block}"`;
  const label = id ? bookmarks().removeAt(place) : bookmarks().setAt(place);
  return `<button class="bookmark${id ? ' set' : ''}" form="${BOOKMARK_FORM}" ${does} aria-label="${label}" title="${label}">${ICON}</button>`;
}

/** Said once beside what was marked just now. */
const markedNote = (): string =>
  `<p class="small marked" role="status">${bookmarks().marked} · <a href="/bookmarks">${bookmarks().all}</a></p>`;

/**
 * A lesson's text in which headings and videos can be marked.
 * @param html as the API renders it: outermost blocks have ids, and values are escaped. Each stays one element of the text.
 */
export function withBookmarks(html: string, marks: Marks): string {
  const note = (block: number) => (marks.justSet === block ? markedNote() : '');
  return html
    .replace(
      /<(h[23]) id="block-([1-9]\d*)">(.*?)<\/\1>/gs,
      (heading: string, _, number: string, words: string) => {
        const block = Number(number);
        const button = buttonOf(block, words.replace(/<[^>]*>/g, ''), marks);
        return `<div class="markable"><div class="row">${heading}${button}</div>${note(block)}</div>`;
      },
    )
    .replace(
      /<figure id="block-([1-9]\d*)" class="video">(.*?)<\/figure>/gs,
      (figure: string, number: string, inside: string) => {
        const block = Number(number);
        const title = /<figcaption>(.*?)<\/figcaption>/s.exec(inside)?.[1] ?? bookmarks().video;
        const button = buttonOf(block, title, marks);
        return `${figure.slice(0, -'</figure>'.length)}${button}${note(block)}</figure>`;
      },
    );
}
