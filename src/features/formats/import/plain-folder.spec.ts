import { sampleFiles } from '../../../../test/support/course-arbitraries.js';
import { sampleIntake, sourceFiles } from '../../../../test/support/source-files.js';
import { brief } from '../../../../test/support/course-folder.js';
import type { Imported } from './import-format.js';
import { markdownFormat } from './markdown-format.js';

const read = (files: Record<string, string | Buffer>): Promise<Imported> =>
  markdownFormat.read(sourceFiles(files, 'web_basics.zip'), {
    slug: 'web-basics',
    locale: 'en',
    files: sampleIntake,
    progress: () => undefined,
  });

const [picture] = [...sampleFiles.values()].filter(({ taken }) => taken.mediaType === 'image/png');

describe('a folder of Markdown and web pages that knows nothing of our format', () => {
  it('becomes a course of modules and lessons, and says what was guessed', async () => {
    const { course, problems } = await read({
      'web/README.md': '# The web\n\nFor everyone.',
      'web/LICENSE.md': 'CC BY',
      'web/10-later/a.md': '##Later on\nText.',
      'web/2-first/index.md': '# Start here\n\n![A tree](img/tree.png)\n\n![Gone](img/gone.png)',
      'web/2-first/10_next_step.md': '---\nlayout: page\ntitle: The next step\n---\nText '.concat(
        'word '.repeat(250),
      ),
      'web/2-first/img/tree.png': picture!.content,
      'web/2-first/page.html':
        '<title>Cafés &amp; bars</title><nav><a href="/">Home</a></nav><p>See <a href="img/tree.png">it</a>.</p><img src="img/tree.png" alt="Tree"><nav>',
    });
    expect(course).toMatchObject({
      title: { en: 'The web' },
      modules: [
        {
          key: '2-first',
          title: { en: 'First' },
          lessons: [
            { key: 'index', title: { en: 'Start here' }, estimatedMinutes: 1 },
            { key: '10-next-step', title: { en: 'The next step' }, estimatedMinutes: 2 },
            { key: 'page', title: { en: 'Cafés & bars' } },
          ],
        },
        { key: '10-later', title: { en: 'Later' }, lessons: [{ key: 'a', title: { en: 'Later on' } }] },
      ],
    });
    expect(course?.modules[0]?.lessons[0]?.body?.en?.content).toMatchObject([
      { type: 'image', attrs: { file: picture!.taken.hash, alt: 'A tree', width: picture!.taken.width } },
    ]);
    const page = JSON.stringify(course?.modules[0]?.lessons[2]?.body);
    expect(page).toContain(picture!.taken.hash);
    expect(page).not.toContain('Home');
    expect(problems.map(brief)).toEqual([
      'WARNING STRUCTURE_GUESSED .:1',
      'WARNING HEADING_LEVEL web/10-later/a.md:1',
      'WARNING HEADING_LEVEL web/2-first/index.md:1',
      'ERROR IMAGE web/2-first/index.md:5',
      'WARNING HTML web/2-first/page.html:1',
      'WARNING FILE_UNKNOWN web/LICENSE.md:1',
      'WARNING HEADING_LEVEL web/README.md:1',
    ]);
    for (const { messageFr } of problems) expect(messageFr).toBeTruthy();
  });

  it('makes nothing of files without text, and never reads outside of the folder', async () => {
    expect((await read({ 'a.md': '' })).course).toBeNull();
    expect((await read({ 'a.html': '<nav>'.repeat(200_000) })).course).toBeNull();
    const { course, problems } = await read({
      'web/a.md': 'Text.\n\n![x](../../secret.png)\n\n![y](../none.png)',
      'secret.png': picture!.content,
    });
    expect(course?.modules[0]?.lessons).toHaveLength(1);
    expect(problems.filter(({ code }) => code === 'IMAGE')).toHaveLength(2);
  });
});
