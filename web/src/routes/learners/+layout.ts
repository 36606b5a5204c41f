/** A completion is reversed without leaving the page. */
export const csr = true;
