import { bindCompiled } from '../compile/bound-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { reuseDiffers } from '../diagnostic/catalogue/run.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { ModelNode } from '../manifest/node.ts';
import { hashOf } from '../store/hash.ts';
import { markerText } from '../store/marker.ts';
import { withSuffix } from '../store/physical-name.ts';
import type { Version } from '../store/version.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ExecutedRun, Execution } from './execution.ts';
import { declaredColumns, pinTypes } from './pin-types.ts';
import type { NodeStep, Plan, ReuseStep } from './plan.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';
import { movedSources } from './source-watch.ts';
import { sourcesBehind } from './sources-behind.ts';

const SAMPLE_SIZE = 5;

/** A reused table that can be built again: what it is made of is in its SQL, and nothing else. */
interface Repeatable extends ReuseStep {
  readonly compiled: CompiledNode<ModelNode>;
}

/**
 * Rebuilds a sample of the tables that were reused, in a scratch relation of the store, and compares them row by row with the
 * versions. A difference means that reuse was wrong. Gives the results of the run, with an error for each node that differs.
 */
export async function verifyReuse(
  executed: ExecutedRun,
  session: Session,
  store: string,
): Promise<readonly RunResult[]> {
  const { run, plan, live, execution } = executed;
  const differing = new Map<string, RunResult>();
  const reused = [...plan.nodes.values()].filter((step) => isRepeatable(step, executed));
  for (const step of sampleOf(reused, run.identity.runId)) {
    const startedAt = run.clock();
    const rows = await countDifferences(run, step, session, store, (id) =>
      relationOfInput(plan, execution, id),
    );
    const sources = sourcesBehind(run.dag, live, step.node.uniqueId).keys();
    // What others have changed since the version was found cannot be compared.
    if (rows === 0 || (await movedSources(session, executed, sources)).size > 0) continue;
    const result = differingResult(step, rows, startedAt, run.clock());
    differing.set(result.uniqueId, result);
    run.tell({ kind: 'stage-note', at: result.finishedAt, message: result.message });
  }
  return execution.results.map((result) => differing.get(result.uniqueId) ?? result);
}

/** Counts the distinct rows that two relations of the same columns hold a different number of times. */
export function differenceQuery(
  dialect: Dialect,
  version: Pick<Version, 'relation' | 'columns'>,
  other: Relation,
): string {
  const columns = version.columns.map(({ name }) => dialect.quote(name)).join(', ');
  return `select count(*) as differences
from (
  select ${columns}, sum(side) as balance
  from (
    select ${columns}, 1 as side
    from ${dialect.relation(version.relation)}
    union all
    select ${columns}, -1 as side
    from ${dialect.relation(other)}
  ) as both_sides
  group by ${columns}
  having sum(side) <> 0
) as differing`;
}

/** Whether the run has reused a table as planned, and all is there that it is made from and would show the same rows again. */
function isRepeatable(
  step: NodeStep,
  { run, live, fleeting, plan, execution }: ExecutedRun,
): step is Repeatable {
  if (step.kind === 'build' || step.version.kind === 'view' || step.compiled === undefined) return false;
  const { node, version, compiled } = step;
  const { nondeterminism, reads } = compiled;
  if (nondeterminism.length > 0 || reads.some((read) => fleeting.has(read))) return false;
  const sources = [...sourcesBehind(run.dag, live, node.uniqueId).keys()];
  // Without a token of its own, a source shows other rows by now than the run which this one goes on from has read.
  if (sources.some((source) => plan.tokens[source] !== undefined)) return false;
  const isThere = (read: string) => execution.versions.has(read) || plan.given.has(read);
  return (
    execution.versions.get(node.uniqueId)?.relation.name === version.relation.name && reads.every(isThere)
  );
}

/** A sample that another run draws differently, so that in time every table is compared. */
function sampleOf(steps: readonly Repeatable[], runId: string): readonly Repeatable[] {
  const start =
    [...runId].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % Math.max(1, steps.length);
  return [...steps.slice(start), ...steps.slice(0, start)].slice(0, SAMPLE_SIZE);
}

async function countDifferences(
  { identity: { runId }, warehouse: { dialect } }: Pick<RunInput, 'identity' | 'warehouse'>,
  { compiled, version }: Repeatable,
  session: Session,
  store: string,
  relationOf: (uniqueId: string) => Relation,
): Promise<number> {
  const name = withSuffix(version.relation.name, againSuffix(runId), dialect.identifierBytes);
  const scratch = { schema: store, name };
  const select = bindCompiled(compiled, (id) => dialect.relation(relationOf(id))).sql;
  const comment = dialect.commentOnRelation('table', scratch, markerText({ role: 'again', run: runId }));
  const { node } = compiled;
  const create = (table: Relation, query: string) => [dialect.createTableAs(table, query, { sort: [] })];
  try {
    await session.transaction(async () => {
      for (const statement of create(scratch, select)) await session.execute(statement);
      const declared = declaredColumns(node);
      await pinTypes(session, dialect, { node, relation: scratch, kind: 'table', select, declared, create });
      await session.execute(comment);
    });
    const { rows } = await session.query(differenceQuery(dialect, version, scratch));
    return Number(rows[0]?.['differences'] ?? 0);
  } finally {
    await session.execute(dialect.dropTable(scratch));
  }
}

/** Each run has a table of its own. */
function againSuffix(runId: string): string {
  return `__again_${hashOf(runId).slice(0, 8)}`;
}

function relationOfInput(plan: Plan, execution: Execution, id: string): Relation {
  const relation = execution.versions.get(id)?.relation ?? plan.given.get(id);
  if (relation === undefined) throw new Error(`This is a bug: "${id}" was compared before it was built.`);
  return relation;
}

/** That the node was reused has been told, and only a repeated test ends twice. */
function differingResult(
  { node }: ReuseStep,
  rows: number,
  startedAt: Date,
  finishedAt: Date,
): RunResult & { readonly message: string } {
  const diagnostic = reuseDiffers({ node, rows });
  const { uniqueId, name, resourceType } = node;
  return {
    uniqueId,
    name,
    resourceType,
    status: 'error',
    message: diagnostic.message,
    diagnostic,
    startedAt,
    finishedAt,
    thread: 0,
  };
}
