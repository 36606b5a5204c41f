import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { inlined } from './src/lib/enhance/inline.js';

const enhance = inlined(readFileSync(new URL('src/lib/enhance/enhance.js', import.meta.url), 'utf8'));
const enhanceHash = createHash('sha256').update(enhance).digest('base64');

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // Mounted by src/web/; its few settings come from there, never from the machine's environment.
    adapter: adapter({ out: 'build', precompress: true, envPrefix: 'TREMPLIN_WEB_' }),
    // Small enough to come with the page: a cheap phone then paints after one answer instead of two.
    inlineStyleThreshold: 2048,
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', `sha256-${enhanceHash}`],
        'style-src': ['self'],
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'data:'],
        'media-src': ['self'],
        // What lessons may show of other sites, once asked: the players of src/features/catalog/block-embed.ts.
        'frame-src': [
          // The studio's preview, the size of a phone.
          'self',
          'https://www.youtube-nocookie.com',
          'https://player.vimeo.com',
          'https://www.dailymotion.com',
          'https://framatube.org',
          'https://peertube.tv',
          'https://www.openstreetmap.org',
          'https://umap.openstreetmap.fr',
          'https://h5p.org',
          'https://learningapps.org',
        ],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
