/** The same for everyone who is measured. */
export const CONNECTIONS = 10;
/** Requests under way at any moment. */
export const CONCURRENCY = 32;
/** Processors that everything shares: server, PostgreSQL and load. */
export const CORES = 2;
