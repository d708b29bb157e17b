// How much the benchmarks do; the defaults take some ten minutes on a quiet machine.
const number = (name, value) => Number(process.env[name] ?? value);

export const size = {
  /** Each measurement is repeated so often, and the shortest time counts. */
  runs: number('BENCH_RUNS', 3),
  /** Models of the smaller generated project; the larger one has twice as many. */
  models: number('BENCH_MODELS', 5_000),
  /** Users and days of the generated data of `load` and `run`; 20,000 users make some 1.3 million events a year. */
  users: number('BENCH_USERS', 20_000),
  days: number('BENCH_DAYS', 365),
  /** The larger data of `generate` have so many times the users of the smaller. */
  growth: number('BENCH_GROWTH', 10),
};
