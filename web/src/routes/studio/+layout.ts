/** Writing saves itself, shows what a learner will see, and asks before what was typed is lost. */
export const csr = true;
