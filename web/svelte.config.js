import adapter from '@sveltejs/adapter-node';

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
        'script-src': ['self'],
        'style-src': ['self'],
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'data:'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
