/**
 * A lesson's text in which pictures wait for a tap: each is a link to itself, which a script replaces by the picture
 * ($lib/enhance/reading.js). Videos load nothing before they are played.
 * @param html as the API renders it: `src` comes first, and values are escaped.
 */
export const withoutPictures = (html: string, label: string): string =>
  html.replace(/<img src="([^"]+)"([^>]*)>/g, (_, source: string, rest: string) => {
    const alt = / alt="([^"]*)"/.exec(rest)?.[1] ?? '';
    return `<a class="outside" href="${source}" data-picture="${alt}">${label}${alt && ` (${alt})`}</a>`;
  });
