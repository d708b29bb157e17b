import { type BoundSql, bindCompiled } from '../compile/bound-sql.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import { withColumnsFirst } from '../data-test/key-columns.ts';
import { maskRows } from '../data-test/masked-rows.ts';
import { personalResults } from '../data-test/personal-results.ts';
import { sampleQuery } from '../data-test/test-statement.ts';
import { type Verdict, verdict } from '../data-test/verdict.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { QueryResult, Session } from '../warehouse/warehouse.ts';
import { countFailures, failureCount } from './count-failures.ts';
import type { TestStep } from './plan.ts';
import type { FusedCount } from './run-fusion.ts';
import type { RunResult } from './run-result.ts';
import { forgetFailures, storeFailures } from './store-failures.ts';

const SAMPLE_ROWS = 5;

export interface TestContext {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly relationOf: (uniqueId: string) => Relation;
  readonly samples: boolean;
  /** Columns that hold personal data, in lower case; their values are not shown. */
  readonly personal: ReadonlySet<string>;
  /** Columns that sample rows begin with. */
  readonly leading: () => readonly string[];
  /** Where failing rows are kept; undefined: nowhere. */
  readonly failuresTable?: Relation | undefined;
  readonly runId: string;
  readonly sent: (uniqueId: string, statements: readonly string[]) => void;
  /** Once it is aborted no further statement is sent. */
  readonly signal: AbortSignal;
}

export interface TestOutcome {
  readonly verdict: Verdict;
  readonly failures: number;
  /** The first failing rows, when there are some and they are wanted. */
  readonly sample: QueryResult | undefined;
  /** Where all failing rows are kept, or why they are not. */
  readonly stored?: Pick<RunResult, 'relation' | 'message'>;
}

/** Runs a data test: counts its failures, unless a shared query told them, judges them, and fetches the first ones. */
export async function runTest(
  { compiled }: TestStep,
  context: TestContext,
  fused?: FusedCount,
): Promise<TestOutcome> {
  const { session, dialect, relationOf, signal } = context;
  const bound = bindCompiled(compiled, (id) => dialect.relation(relationOf(id)));
  const { config } = compiled.node;
  const failures = await failuresOf(compiled, bound, context, fused);
  const judged = verdict(config, failures);
  const ended = {
    verdict: judged,
    failures,
    stored: await kept(compiled.node, bound.sql, failures, context),
  };
  const wanted = context.samples && failures !== 0 && judged !== 'pass';
  if (!wanted) return { ...ended, sample: undefined };
  signal.throwIfAborted();
  const sample = await session.query(sampleQuery(bound.sql, SAMPLE_ROWS).sql);
  const isPersonal = personalResults(context.personal, dialect.tokenize(bound.sql));
  return { ...ended, sample: maskRows(withColumnsFirst(sample, context.leading()), isPersonal) };
}

/** Keeps the failing rows where they are wanted; without any, the table of earlier ones goes. */
async function kept(test: DataTestNode, sql: string, failures: number, context: TestContext) {
  const { failuresTable: table, session, dialect, personal, runId, signal } = context;
  if (table === undefined) return {};
  signal.throwIfAborted();
  if (failures !== 0) return storeFailures({ session, dialect, test, sql, personal, table, runId });
  return forgetFailures(session, dialect, table);
}

/** The number that a shared query told, or the test's own asks for. */
async function failuresOf(
  compiled: CompiledTest,
  bound: BoundSql,
  { session, dialect, signal, sent }: TestContext,
  fused: FusedCount | undefined,
): Promise<number> {
  const { uniqueId, config } = compiled.node;
  const shared = fused === undefined ? [] : [fused.sql];
  if (fused?.failures !== undefined) {
    sent(uniqueId, shared);
    return Math.min(fused.failures, config.limit ?? Number.POSITIVE_INFINITY);
  }
  const count = failureCount(compiled.node, bound.sql, dialect);
  sent(uniqueId, [...shared, count.sql]);
  signal.throwIfAborted();
  return countFailures(compiled, bound, count, session);
}
