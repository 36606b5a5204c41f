/** Choosing a filter shows its figures at once and leaves the place and the focus where they are. */
export const csr = true;
