import { embedAddress } from './block-embed.js';
import { renderBlockDocument } from './block-document.html.js';
import type { BlockNode } from './block-document.js';
import type { Locale } from '../../platform/locale.js';

const HASH = 'a'.repeat(64);
const render = (block: BlockNode, locale: Locale = 'en'): string =>
  renderBlockDocument({ type: 'doc', content: [block] }, locale);
const paragraph: BlockNode = { type: 'paragraph', content: [{ type: 'text', text: 'Read.' }] };

describe('media in a lesson', () => {
  it('says the tone of a callout as a word, in the language of the reader', () => {
    const callout: BlockNode = { type: 'callout', attrs: { tone: 'WARNING' }, content: [paragraph] };
    expect(render(callout)).toBe(
      '<aside class="callout warning" role="note"><p class="tone">Watch out</p><p>Read.</p></aside>',
    );
    expect(render(callout, 'fr')).toContain('<p class="tone">Attention</p>');
  });

  it('gives a picture its widths, its size and its alternative text', () => {
    const attrs = {
      file: HASH,
      alt: 'A "bakery" <b>',
      decorative: false,
      caption: 'Ours & theirs',
      width: 1000,
      height: 500,
    };
    const html = render({ type: 'image', attrs });
    expect(html).toContain(
      `srcset="/files/${HASH}/480.webp 480w, /files/${HASH}/960.webp 960w, /files/${HASH}/1000.webp 1000w"`,
    );
    expect(html).toContain('width="1000" height="500" alt="A &quot;bakery&quot; &lt;b&gt;" loading="lazy"');
    expect(html).toContain('<figcaption>Ours &amp; theirs</figcaption>');
    expect(render({ type: 'image', attrs: { ...attrs, decorative: true } })).toContain('alt=""');
  });

  it('loads nothing of a video before it is asked for, and says how large it is', () => {
    const attrs = {
      href: null,
      file: HASH,
      title: 'The <shop>',
      bytes: 12_345_678,
      durationSeconds: 60,
      captions: [{ locale: 'fr', file: 'b'.repeat(64) }],
      transcript: 'One.\n\nTwo & three.',
    };
    const english = render({ type: 'video', attrs });
    expect(english).toContain('<video controls preload="none" aria-label="The &lt;shop&gt;"');
    expect(english).toContain('label="French"');
    expect(english).toContain('>12.3\u00a0MB</data>');
    expect(english).toContain(
      '<details class="transcript"><summary>Transcript</summary><p>One.</p><p>Two &amp; three.</p></details>',
    );
    const french = render({ type: 'video', attrs }, 'fr');
    expect(french).toContain('>12,3\u00a0Mo</data>');
    expect(french).toContain('<summary>Transcription</summary>');
  });

  it('names a file to take along, and its size', () => {
    const attrs = { file: HASH, name: 'prix & "x".pdf', bytes: 48_200, mediaType: 'application/pdf' };
    expect(render({ type: 'download', attrs }, 'fr')).toBe(
      `<p class="download"><a href="/files/${HASH}?name=prix%20%26%20%22x%22.pdf" type="application/pdf" download>prix &amp; &quot;x&quot;.pdf</a> <data value="48200">48\u00a0ko</data></p>`,
    );
  });

  it('links to another site, and says which', () => {
    const html = render({
      type: 'embed',
      attrs: { href: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1', title: '' },
    });
    expect(html).toBe(
      '<figure class="embed"><a class="outside" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=1" rel="noopener noreferrer" ' +
        'data-embed="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ">youtube.com</a><p class="size">On youtube.com, another site</p></figure>',
    );
    const elsewhere = { href: 'https://evil.example/', title: 'Look' };
    expect(render({ type: 'embed', attrs: elsewhere })).toBe('<figure class="embed">Look</figure>');
  });
});

describe('embedAddress', () => {
  it.each([
    ['https://youtu.be/dQw4w9WgXcQ?si=x', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    [
      'https://m.youtube.com/watch?list=a&v=dQw4w9WgXcQ',
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
    ],
    ['https://vimeo.com/123456789', 'https://player.vimeo.com/video/123456789?dnt=1'],
    ['https://www.dailymotion.com/video/x8abcde', 'https://www.dailymotion.com/embed/video/x8abcde'],
    ['https://framatube.org/w/9db9f3f1-9b54', 'https://framatube.org/videos/embed/9db9f3f1-9b54'],
    ['https://learningapps.org/view1234567', 'https://learningapps.org/watch?app=1234567'],
    ['https://www.youtube.com/@channel', null],
    ['https://www.openstreetmap.org/#map=5/46/2', null],
  ])('%s is shown from %s', (href, expected) => {
    expect(embedAddress(href)).toBe(expected);
  });
});
