// How much the benchmarks do; the defaults take some twenty minutes on a quiet machine.
const number = (name, value) => Number(process.env[name] ?? value);

export const size = {
  /** Each measurement is repeated so often, and the shortest time counts. */
  runs: number('BENCH_RUNS', 3),
  /** Those of `load` and `run` take up to a minute each. */
  longRuns: number('BENCH_RUNS', 2),
  /** Models of the smaller generated project; the larger one has twice as many. */
  models: number('BENCH_MODELS', 5_000),
  /** Users of the smaller data of `generate`; the larger have so many times the users. */
  users: number('BENCH_USERS', 20_000),
  growth: number('BENCH_GROWTH', 10),
  /** Users of the data of `load` and `run`, who make some ten million events a year. */
  landedUsers: number('BENCH_USERS', 140_000),
  /** Users of the data of `postgres-load`. */
  postgresUsers: number('BENCH_USERS', 20_000),
  /** Users of the data of `upload`, who make about 1 GB of CSV a year. */
  uploadUsers: number('BENCH_USERS', 140_000),
  /** Publishes under `readers`. */
  publishes: number('BENCH_PUBLISHES', 100),
  /** Rows of the table of `fused-tests`. */
  testedRows: number('BENCH_TESTED_ROWS', 5_000_000),
  /** Days of all of these data. */
  days: number('BENCH_DAYS', 365),
};
