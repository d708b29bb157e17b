/** A statement around a test's bound SQL; `prefixLength` is what stands before that SQL, for the places of errors. */
export interface TestStatement {
  readonly sql: string;
  readonly prefixLength: number;
}

/** Counts the failing rows of a test's bound SQL, at most `limit` of them: one row, one column `failures`. */
export function countQuery(failingRows: string, limit: number | undefined): TestStatement {
  const counted =
    limit === undefined ? { sql: failingRows, prefixLength: 0 } : sampleQuery(failingRows, limit);
  return enclosed('select count(*) as failures\nfrom (\n', counted, '\n) as counted');
}

/** The first failing rows of a test's bound SQL. */
export function sampleQuery(failingRows: string, rows: number): TestStatement {
  return enclosed(
    'select *\nfrom (\n',
    { sql: failingRows, prefixLength: 0 },
    `\n) as failing\nlimit ${rows}`,
  );
}

function enclosed(before: string, { sql, prefixLength }: TestStatement, after: string): TestStatement {
  return { sql: `${before}${sql}${after}`, prefixLength: before.length + prefixLength };
}
