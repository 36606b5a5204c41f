import type { DataSource } from 'typeorm';

/** Seconds from recording an event to its effect. */
export interface Delay {
  events: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface Losses {
  recorded: number;
  /** Events without the effect. */
  lost: number;
  /** Effects beyond one for each event. */
  repeated: number;
}

/** Counts lost and repeated effects in one of the trial's tables. */
export async function countLosses(database: DataSource, table: string): Promise<Losses> {
  const [row] = await database.query<[Losses]>(
    `SELECT count(*)::int AS recorded, count(*) FILTER (WHERE effects = 0)::int AS lost,
            coalesce(sum(effects - 1) FILTER (WHERE effects > 1), 0)::int AS repeated
       FROM (SELECT (SELECT count(*) FROM ${table} WHERE n = (payload->>'n')::int) AS effects
               FROM outbox_event WHERE type = 'trial.happened') AS event`,
  );
  return row;
}

/** The delay of the first effect of the events numbered from `first` to `last`. */
export async function measureDelay(
  database: DataSource,
  table: string,
  first: number,
  last: number,
): Promise<Delay> {
  const [row] = await database.query<[Delay]>(
    `SELECT count(*)::int AS events, ${[50, 95, 99]
      .map((p) => `percentile_cont(0.${p}) WITHIN GROUP (ORDER BY delay) AS p${p}`)
      .join(', ')}, max(delay) AS max
       FROM (SELECT extract(epoch FROM min(at) - min(occurred_at))::float8 AS delay
               FROM outbox_event JOIN ${table} ON n = (payload->>'n')::int
              WHERE n BETWEEN $1 AND $2 AND type = 'trial.happened' GROUP BY n) AS each_event`,
    [first, last],
  );
  return row;
}
