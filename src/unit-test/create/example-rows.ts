import { noRowMatches, notACondition } from '../../diagnostic/catalogue/unit-test-create.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import type { Dialect, Scalar } from '../../dialect/dialect.ts';
import type { Relation } from '../../dialect/relation.ts';
import { type QueryResult, type Session, WarehouseError } from '../../warehouse/warehouse.ts';

/** Where rows are taken from. */
export interface RowSource {
  readonly session: Session;
  readonly dialect: Dialect;
}

/** The rows of a published relation that meet a condition, so many at most. Throws a `DiagnosticError` when there are none. */
export async function matchingRows(
  { session, dialect }: RowSource,
  relation: Relation,
  { where, rows }: { readonly where: string; readonly rows: number },
): Promise<QueryResult> {
  const refuse = (reason: string) => new DiagnosticError([notACondition({ where, reason })]);
  if (dialect.tokenize(where).some(({ kind }) => kind === 'semicolon')) throw refuse('it holds a semicolon');
  const query = `select *\nfrom ${dialect.relation(relation)}\nwhere (\n${where}\n)\nlimit ${rows}`;
  const found = await session.query(query).catch((error: unknown) => {
    throw error instanceof WarehouseError && error.kind === 'statement' ? refuse(error.message) : error;
  });
  if (found.rows.length === 0) throw new DiagnosticError([noRowMatches({ where, relation })]);
  return found;
}

/** More rows of an input are not looked at. */
const MOST_ROWS = 1000;
/** More values of a column are not searched for. */
const MOST_VALUES = 200;

/** Values that rows of interest have, by column in lower case; columns of another type are others. */
type KnownValues = Map<string, { readonly type: string; readonly values: ReadonlySet<Scalar> }>;

/**
 * Rows of the inputs (relations by unique id) that may have made given rows of a model: first those that share the most values with
 * them in columns of the same name. Inputs that share no column with the rows share some, as a rule, with inputs that do.
 */
export async function candidateRows(
  source: RowSource,
  made: QueryResult,
  inputs: ReadonlyMap<string, Relation>,
): Promise<ReadonlyMap<string, QueryResult>> {
  const { session, dialect } = source;
  const known: KnownValues = new Map();
  learn(known, made, made.rows, dialect);
  const columns = new Map<string, QueryResult['columns']>();
  for (const [id, relation] of inputs)
    columns.set(id, (await session.query(`select *\nfrom ${dialect.relation(relation)}\nlimit 0`)).columns);
  const found = new Map<string, QueryResult>();
  for (let left = [...inputs]; left.length > 0; ) {
    const shared = (id: string) => sharedColumns(columns.get(id) ?? [], known, dialect);
    const [next, ...rest] = left.sort(([one], [other]) => shared(other).length - shared(one).length);
    if (next === undefined) break;
    const [id, relation] = next;
    const keys = shared(id);
    const query = candidateQuery({ relation, keys, columns: columns.get(id) ?? [] }, known, dialect);
    const result = await session.query(query);
    const related =
      keys.length === 0 ? [] : result.rows.filter((row) => keys.every((key) => has(known, key, row[key])));
    learn(known, result, related, dialect);
    found.set(id, result);
    left = rest;
  }
  return new Map([...inputs.keys()].flatMap((id) => [[id, found.get(id) ?? { columns: [], rows: [] }]]));
}

/** The rows that share the most values come first, and the same ones every time. */
function candidateQuery(
  input: {
    readonly relation: Relation;
    readonly keys: readonly string[];
    readonly columns: QueryResult['columns'];
  },
  known: KnownValues,
  dialect: Dialect,
): string {
  const marks = input.keys.map((key) => {
    const values = [...(known.get(key.toLowerCase())?.values ?? [])].map((value) => dialect.literal(value));
    return `case when ${dialect.quote(key)} in (${values.join(', ')}) then 1 else 0 end`;
  });
  const ordered = input.columns.filter(({ type }) => KEY_KINDS.has(dialect.parseType(type)?.kind ?? ''));
  const order = [
    ...(marks.length === 0 ? [] : [`${marks.join('\n  + ')} desc`]),
    ...ordered.map(({ name }) => dialect.quote(name)),
  ];
  const orderBy = order.length === 0 ? '' : `\norder by\n  ${order.join(',\n  ')}`;
  return `select *\nfrom ${dialect.relation(input.relation)}${orderBy}\nlimit ${MOST_ROWS}`;
}

/** Kinds of value that say which thing a row is about. */
const KEY_KINDS: ReadonlySet<string> = new Set([
  'varchar',
  'smallint',
  'integer',
  'bigint',
  'date',
  'timestamp',
]);

function sharedColumns(
  columns: QueryResult['columns'],
  known: KnownValues,
  dialect: Dialect,
): readonly string[] {
  return columns
    .filter(({ name, type }) => known.get(name.toLowerCase())?.type === dialect.parseType(type)?.kind)
    .map(({ name }) => name);
}

/** What is known of a column already stays: the rows that are looked for come first. */
function learn(
  known: KnownValues,
  { columns }: QueryResult,
  rows: QueryResult['rows'],
  dialect: Dialect,
): void {
  for (const { name, type } of columns) {
    const kind = dialect.parseType(type)?.kind ?? '';
    const values = new Set(rows.flatMap((row) => row[name] ?? []).slice(0, MOST_VALUES));
    if (KEY_KINDS.has(kind) && values.size > 0 && !known.has(name.toLowerCase()))
      known.set(name.toLowerCase(), { type: kind, values });
  }
}

function has(known: KnownValues, column: string, value: Scalar | undefined): boolean {
  return value !== undefined && known.get(column.toLowerCase())?.values.has(value) === true;
}
