import { bindCompiled } from '../compile/bound-sql.ts';
import { reuseDiffers } from '../diagnostic/catalogue/run.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Version } from '../store/version.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Execution } from './execute.ts';
import type { Plan, ReuseStep } from './plan.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';

const SAMPLE_SIZE = 5;

/**
 * Rebuilds a sample of the tables that were reused, in a scratch relation of the store, and compares them row by row with the
 * versions. A difference is an error: reuse would have been wrong. Gives a result for each node that differs.
 */
export async function verifyReuse(
  run: RunInput,
  plan: Plan,
  execution: Execution,
  session: Session,
  store: string,
): Promise<readonly RunResult[]> {
  const { dialect } = run.warehouse;
  const reused = [...plan.nodes.values()].filter(
    (step) => step.kind === 'reuse' && step.compiled !== undefined && step.version.kind === 'table',
  ) as ReuseStep[];
  const results: RunResult[] = [];
  for (const step of sampleOf(reused, run.identity.runId)) {
    const startedAt = run.clock();
    const scratch = { schema: store, name: `verify__${step.version.relation.name}` };
    const relationOf = (id: string) => relationOfInput(plan, execution, id);
    const select =
      step.compiled === undefined
        ? ''
        : bindCompiled(step.compiled, (id) => dialect.relation(relationOf(id))).sql;
    await session.execute(dialect.dropTable(scratch));
    await session.execute(dialect.createTableAs(scratch, select, { sort: [] }));
    const { rows } = await session.query(differenceQuery(dialect, step.version, scratch));
    await session.execute(dialect.dropTable(scratch));
    const different = Number(rows[0]?.['differences'] ?? 0);
    if (different > 0) results.push(differing(step, different, startedAt, run.clock()));
  }
  return results;
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

/** A sample that another run draws differently, so that in time every table is compared. */
function sampleOf(steps: readonly ReuseStep[], runId: string): readonly ReuseStep[] {
  const start =
    [...runId].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % Math.max(1, steps.length);
  return [...steps.slice(start), ...steps.slice(0, start)].slice(0, SAMPLE_SIZE);
}

function relationOfInput(plan: Plan, execution: Execution, id: string): Relation {
  const relation = execution.versions.get(id)?.relation ?? plan.given.get(id);
  if (relation === undefined) throw new Error(`This is a bug: "${id}" was compared before it was built.`);
  return relation;
}

function differing({ node }: ReuseStep, rows: number, startedAt: Date, finishedAt: Date): RunResult {
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
