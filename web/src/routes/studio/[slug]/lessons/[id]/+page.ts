/** The editor is a program; the pages around it are not. */
export const csr = true;
