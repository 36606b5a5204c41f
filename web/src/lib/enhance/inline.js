// @ts-check
/**
 * The script of every page as it is written into it: without its comments. What it comes out as also decides its hash in the
 * content security policy (svelte.config.js), so both take it from here.
 * @param {string} source of `enhance.js`
 */
export const inlined = (source) => source.replace(/^\s*(\/\/|\/\*\*).*\n/gm, '').replace(/^\s+/gm, '');
