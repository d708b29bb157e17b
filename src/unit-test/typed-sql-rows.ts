import { statementOfFixture, unfitFixtureValue } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { answerOrRefusal, type EmbeddedEngine } from './embedded-engine.ts';
import type { InferredColumn } from './inferred-column.ts';
import type { SqlRows } from './sql-rows.ts';
import { typedQuery } from './typed-rows.ts';
import { valueProblem } from './value-problem.ts';

/** The rows as a query with the columns and types of a relation. Undefined when they do not fit these, which is reported. */
export async function typedSqlRows(
  rows: SqlRows,
  columns: readonly InferredColumn[],
  engine: EmbeddedEngine,
  report: Report,
): Promise<string | undefined> {
  const typed = typedQuery(columns, rows.query, rows.columns, engine.dialect);
  const made = await answerOrRefusal(engine.session, typed, ({ message }) =>
    report(statementOfFixture({ reason: message, span: rows.fixture.span })),
  );
  return made !== undefined && (await checkKeptValues(rows, columns, engine, report)) ? typed : undefined;
}

/** A column that rows in SQL give with another type than the relation has. */
interface RecastColumn {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Reports values of rows in SQL that the types of a relation would round, cut or misread; true if there are none. */
async function checkKeptValues(
  rows: SqlRows,
  columns: readonly InferredColumn[],
  { session, dialect }: EmbeddedEngine,
  report: Report,
): Promise<boolean> {
  const recast = recastColumns(rows, columns, dialect);
  if (recast.length === 0) return true;
  const compared = suspectsQuery(rows.query, recast, dialect);
  const suspects = await answerOrRefusal(session, compared, ({ message }) =>
    report(statementOfFixture({ reason: message, span: rows.fixture.span })),
  );
  if (suspects === undefined) return false;
  let sound = true;
  for (const { name, from, to } of recast) {
    const values = new Set(suspects.rows.flatMap((row) => row[name] ?? []).map(String));
    for (const value of values) {
      const problem = from === TEXT ? valueProblem(value, to, dialect) : 'would be rounded or cut';
      if (problem === undefined) continue;
      sound = false;
      report(unfitFixtureValue({ column: name, type: to, value, problem, span: rows.fixture.span }));
    }
  }
  return sound;
}

const TEXT = 'VARCHAR';
/** Types that keep any value, and those whose values are near enough by nature. */
const FORGIVING_TYPES: ReadonlySet<string> = new Set([TEXT, 'DOUBLE', 'FLOAT']);

function recastColumns(
  rows: SqlRows,
  columns: readonly InferredColumn[],
  dialect: Dialect,
): readonly RecastColumn[] {
  const types = new Map(columns.map(({ name, type }) => [dialect.fold(name), type]));
  return rows.columns.flatMap(({ name, type: from }) => {
    const to = types.get(dialect.fold(name)) ?? from;
    return to === from || FORGIVING_TYPES.has(to) ? [] : [{ name, from, to }];
  });
}

/**
 * Values that are others behind the cast, as texts, and texts that become something else; those that stay are NULL:
 * ```sql
 * select
 *   case when not (cast(written.v as BIGINT) is not distinct from written.v) then cast(written.v as varchar) end as v,
 *   written.day as day
 * from (
 * select 4.6 as v, '2025-01-01' as day
 * ) as written
 * ```
 */
function suspectsQuery(query: string, recast: readonly RecastColumn[], dialect: Dialect): string {
  const lines = recast.map(({ name, from, to }) => {
    const column = dialect.quote(name);
    const given = `written.${column}`;
    if (from === TEXT) return `  ${given} as ${column}`;
    const isKept = dialect.nullSafeEquals(`cast(${given} as ${to})`, given);
    return `  case when not (${isKept}) then ${dialect.cast(given, { kind: 'varchar' })} end as ${column}`;
  });
  return `select\n${lines.join(',\n')}\nfrom (\n${query}\n) as written`;
}
