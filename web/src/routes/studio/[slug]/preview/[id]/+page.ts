/** A comment shows its place in the text, and is sent without losing that place. */
export const csr = true;
