import type { TestConfig } from '../manifest/config.ts';

/** A query around a test's own; `selectAt` is the offset of the test's SQL in it, for the places of errors. */
export interface TestQuery {
  readonly sql: string;
  readonly selectAt: number;
}

/** Counts the failing rows of a test's bound SQL, up to the test's limit: one row, one column `failures`. */
export function countQuery(failingRows: string, { limit }: Pick<TestConfig, 'limit'>): TestQuery {
  const count = 'select count(*) as failures\nfrom (\n';
  if (limit === undefined) return { sql: `${count}${failingRows}\n) as failing`, selectAt: count.length };
  return {
    sql: `${count}${sampleQuery(failingRows, limit)}\n) as counted`,
    selectAt: count.length + SAMPLE.length,
  };
}

const SAMPLE = 'select *\nfrom (\n';

/** The first failing rows of a test's bound SQL. */
export function sampleQuery(failingRows: string, rows: number): string {
  return `${SAMPLE}${failingRows}\n) as failing\nlimit ${rows}`;
}
