import { type BoundSql, bindCompiled } from '../compile/bound-sql.ts';
import { startCompilation } from '../compile/compilation.ts';
import { statementDiagnostic } from '../compile/statement-diagnostic.ts';
import { type CompiledTest, compileDataTest } from '../data-test/compile-data-test.ts';
import { leadingColumns, withColumnsFirst } from '../data-test/key-columns.ts';
import { maskRows, personalColumns } from '../data-test/masked-rows.ts';
import { personalResults } from '../data-test/personal-results.ts';
import { sampleQuery } from '../data-test/test-statement.ts';
import { unknownTestName } from '../diagnostic/catalogue/cli.ts';
import { type Report, stage, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { dialectOf } from '../dialect/registry.ts';
import { readProject } from '../index.ts';
import type { Dag } from '../manifest/dag.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { type QueryResult, type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { type OutputFlags, printRows } from './print-rows.ts';
import { projectRequest } from './project-flags.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

/** What to show of which test. */
interface ShowTestFlags extends WarehouseFlags, OutputFlags {
  readonly test: string;
  readonly limit: number;
}

/** Prints a data test's query over what is published, and its failing rows; beside rows in JSON or CSV the query goes to stderr. */
export async function showTest(flags: ShowTestFlags, invocation: Invocation): Promise<ExitCode> {
  const { warn, signal, stdout, stderr } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const test = await stage((report) => compiledTest(dag, flags.test, report), warn);
  const options = { waitSeconds: waitSeconds(flags.wait), signal };
  const warehouse = await openWarehouse(dag.manifest.project.target, options);
  try {
    const session = await warehouse.open();
    signal.addEventListener('abort', () => void session.cancel(), { once: true });
    const bound = bindCompiled(test, (id) => publishedName(dag, id, warehouse.dialect));
    (flags.output === 'table' ? stdout : stderr).write(`${bound.sql}\n\n`);
    const { dialect } = warehouse;
    const shown = { dag, test, bound, limit: flags.limit, session, dialect };
    printRows(await failingRows(shown), flags, invocation);
    return exitCodes.fine;
  } finally {
    await warehouse.close();
  }
}

function compiledTest({ manifest }: Dag, name: string, report: Report): CompiledTest | undefined {
  const tests = [...manifest.nodes.values()].filter((node) => node.resourceType === 'test');
  const found = tests.find((test) => test.name === name || test.uniqueId === name);
  if (found !== undefined)
    return compileDataTest(
      startCompilation(manifest, dialectOf(manifest.project.target.adapter), report),
      found,
    );
  report(unknownTestName({ name, candidates: tests.map((test) => test.name) }));
  return undefined;
}

function publishedName({ manifest }: Dag, uniqueId: string, dialect: Dialect): string {
  const node = manifest.nodes.get(uniqueId);
  if (node === undefined || !('relation' in node))
    throw new Error(`This is a bug: "${uniqueId}" is no relation.`);
  return dialect.relation(node.relation);
}

interface ShownTest {
  readonly dag: Dag;
  readonly test: CompiledTest;
  readonly bound: BoundSql;
  readonly limit: number;
  readonly session: Session;
  readonly dialect: Dialect;
}

/** Rows as a failing test prints them: key columns first, personal data masked. */
async function failingRows({ dag, test, bound, limit, session, dialect }: ShownTest): Promise<QueryResult> {
  const query = sampleQuery(bound.sql, limit);
  const rows = await session.query(query.sql).catch((error: unknown) => {
    if (error instanceof WarehouseError && error.kind === 'statement')
      stopOnErrors([statementDiagnostic(error, test, bound, query.prefixLength)]);
    throw error;
  });
  const isPersonal = personalResults(personalColumns(dag, test.node.uniqueId), dialect.tokenize(bound.sql));
  return maskRows(withColumnsFirst(rows, leadingColumns(dag.manifest, test.node)), isPersonal);
}
