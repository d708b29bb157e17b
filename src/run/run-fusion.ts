import { fusedQuery } from '../data-test/fused-part.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { QueryResult, Session } from '../warehouse/warehouse.ts';
import type { Fusion } from './fusion.ts';

/** What a shared query told of one test. */
export interface FusedCount {
  /** The query. */
  readonly sql: string;
  /** Undefined where the test's own query must tell: the shared one failed, or told only that there are failures. */
  readonly failures: number | undefined;
  /** When the query was sent. */
  readonly startedAt: Date;
}

/** What a shared query needs to be sent. */
export interface FusionContext {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly relationOf: (uniqueId: string) => Relation;
  readonly clock: () => Date;
  /** Once it is aborted nothing is sent. */
  readonly signal: AbortSignal;
}

/**
 * Asks what the tests of a fusion find, by unique id. A query that fails, outside of any transaction, tells of none: then each
 * test asks for itself, so that one bad expression takes no other test with it.
 */
export async function runFusion(
  { tested, parts }: Fusion,
  { session, dialect, relationOf, clock, signal }: FusionContext,
): Promise<ReadonlyMap<string, FusedCount>> {
  const relation = dialect.relation(relationOf(tested));
  const sql = fusedQuery(
    relation,
    parts.map(({ part }) => part),
  );
  const startedAt = clock();
  if (signal.aborted) return new Map();
  const result = await session.query(sql).catch(() => undefined);
  return new Map(
    parts.map(({ test, part }, index) => {
      const count = countOf(result, index + 1);
      const tells = part.isExact || count === 0;
      return [test, { sql, failures: tells ? count : undefined, startedAt }];
    }),
  );
}

function countOf(result: QueryResult | undefined, number: number): number | undefined {
  const count = result?.rows[0]?.[`failures_${number}`];
  return count === undefined || count === null ? undefined : Number(count);
}
