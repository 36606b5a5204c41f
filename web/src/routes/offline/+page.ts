/** Shown at whatever address could not be fetched: it must not turn into that page. */
export const csr = false;
