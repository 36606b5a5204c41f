/** Trainers write here for hours: what they change is shown at once, and saved behind them. */
export const csr = true;
