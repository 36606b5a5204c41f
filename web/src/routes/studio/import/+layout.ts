/** A file is sent with a bar that moves, and its reading is watched. */
export const csr = true;
