/** Mail appears by itself while one waits for it. */
export const csr = true;
