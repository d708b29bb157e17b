/** A statement around a test's bound SQL; `prefixLength` is what stands before that SQL, for the places of errors. */
export interface TestStatement {
  readonly sql: string;
  readonly prefixLength: number;
}

/** What is counted of a test's failing rows. */
export interface Counting {
  /** At most so many. */
  readonly limit?: number | undefined;
  /** An aggregate over them; undefined for their number. */
  readonly failCalc?: string | undefined;
}

/** Counts the failing rows of a test's bound SQL: one row, with `failures`, and beside an aggregate `failing_rows`, their number. */
export function countQuery(failingRows: string, { limit, failCalc }: Counting = {}): TestStatement {
  const counted =
    limit === undefined ? { sql: failingRows, prefixLength: 0 } : sampleQuery(failingRows, limit);
  const counts =
    failCalc === undefined
      ? 'select count(*) as failures'
      : `select\n  ${failCalc} as failures,\n  count(*) as failing_rows`;
  return enclosed(`${counts}\nfrom (\n`, counted, '\n) as counted');
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
