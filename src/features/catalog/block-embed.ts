/** Where the id of a thing stands in the address that people copy, and the address made to be shown within another page. */
const PLAYERS: readonly {
  host: RegExp;
  /** Of path and query; its first group is the id. */
  address: RegExp;
  player: (id: string, host: string) => string;
}[] = [
  {
    host: /^(www\.|m\.)?youtube(-nocookie)?\.com$/,
    address: /^\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/)([\w-]{6,20})/,
    player: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  {
    host: /^youtu\.be$/,
    address: /^\/([\w-]{6,20})/,
    player: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  {
    host: /^(www\.|player\.)?vimeo\.com$/,
    address: /^\/(?:video\/)?(\d{5,15})/,
    player: (id) => `https://player.vimeo.com/video/${id}?dnt=1`,
  },
  {
    host: /^(www\.)?dailymotion\.com$/,
    address: /^\/(?:embed\/)?video\/(\w{5,20})/,
    player: (id) => `https://www.dailymotion.com/embed/video/${id}`,
  },
  {
    host: /^(framatube\.org|peertube\.tv)$/,
    address: /^\/(?:w|videos\/watch|videos\/embed)\/([\w-]{10,40})/,
    player: (id, host) => `https://${host}/videos/embed/${id}`,
  },
  {
    host: /^(www\.)?openstreetmap\.org$/,
    address: /^\/export\/embed\.html\?(.+)$/,
    player: (query) => `https://www.openstreetmap.org/export/embed.html?${query}`,
  },
  {
    host: /^umap\.openstreetmap\.fr$/,
    address: /^\/(.*)$/,
    player: (rest, host) => `https://${host}/${rest}`,
  },
  {
    host: /^h5p\.org$/,
    address: /^\/(?:node|h5p\/embed)\/(\d{1,10})/,
    player: (id) => `https://h5p.org/h5p/embed/${id}`,
  },
  {
    host: /^(www\.)?learningapps\.org$/,
    address: /^\/(?:watch\?(?:.*&)?(?:v|app)=|view)?([\w-]{3,20})/,
    player: (id) => `https://learningapps.org/watch?app=${id}`,
  },
];

/**
 * The address that shows something of another site within a page, made from the one that people copy; null where that site has none,
 * and the link stays a link. The hosts are those of `frame-src` in web/svelte.config.js.
 */
export function embedAddress(href: string): string | null {
  const { hostname, pathname, search } = new URL(href);
  const known = PLAYERS.find(({ host }) => host.test(hostname));
  const id = known?.address.exec(pathname + search)?.[1];
  return known && id ? known.player(id, hostname) : null;
}
