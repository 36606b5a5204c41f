/** A role is given without losing the place in the list. */
export const csr = true;
