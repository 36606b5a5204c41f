import source from './enhance.js?raw';

/** The script of every page, as it is written into it: without its comments. */
export const enhanceScript = source.replace(/^\s*(\/\/|\/\*\*).*\n/gm, '').replace(/^\s+/gm, '');
