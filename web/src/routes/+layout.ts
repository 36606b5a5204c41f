/**
 * Pages come whole from the server and ship no framework: on a cheap phone they are ready when they are read. What a form needs beyond
 * HTML is in `$lib/enhance`. The sections for trainers, managers and administrators turn this on for themselves.
 */
export const csr = false;
