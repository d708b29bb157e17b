import type { Scalar } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import {
  type Query,
  type QueryBuilder,
  queryBuilder,
  type Statement,
  statementOf,
} from '../warehouse/query-builder.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { parseStateJson } from './state-json.ts';

/** Conditions joined by `and`: a value, null for `is null`, a list for `in (…)`. */
export type Conditions = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

const ROWS_PER_INSERT = 200;

/** Inserts rows, all with the columns of the first, a few hundred a statement. */
export async function insertRows(session: Session, table: Relation, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let first = 0; first < rows.length; first += ROWS_PER_INSERT) {
    const chunk = rows
      .slice(first, first + ROWS_PER_INSERT)
      .map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
    const { sql, bindings } = await statement((knex) => tableOf(knex, table).insert(chunk));
    await session.execute(sql, bindings);
  }
}

/** Updates the rows that meet the conditions and gives their number: the only way in which state rows change. */
export async function updateRows(
  session: Session,
  table: Relation,
  values: Row,
  where: Conditions,
): Promise<number> {
  const { sql, bindings } = await statement((knex) => restrict(tableOf(knex, table), where).update(values));
  return session.execute(sql, bindings);
}

/**
 * Updates many rows in one statement: `values` are the same for all, `own` are each row's own, by its value of the column
 * `key`. Only rows that meet the conditions change; gives their number.
 */
export async function updateEach(
  session: Session,
  table: Relation,
  values: Row,
  key: string,
  own: ReadonlyMap<string, Readonly<Record<string, string | number>>>,
  where: Conditions,
): Promise<number> {
  const columns = Object.keys([...own.values()][0] ?? {});
  const { sql, bindings } = await statement((knex) => {
    const cases = columns.map((column) => [column, valueByKey(knex, key, own, column)]);
    const rows = restrict(tableOf(knex, table), { ...where, [key]: [...own.keys()] });
    return rows.update({ ...values, ...Object.fromEntries(cases) });
  });
  return session.execute(sql, bindings);
}

/** `case "key" when … then … end`; every engine takes it, and numbers keep their type. */
function valueByKey(
  knex: QueryBuilder,
  key: string,
  own: ReadonlyMap<string, Readonly<Record<string, string | number>>>,
  column: string,
) {
  const branches = [...own.values()].map((row) =>
    typeof row[column] === 'number' ? 'when ? then cast(? as bigint)' : 'when ? then ?',
  );
  const bindings = [...own].flatMap(([value, row]) => [value, row[column] ?? null]);
  return knex.raw(`case ?? ${branches.join(' ')} end`, [key, ...bindings]);
}

/** The rows that meet the conditions, ordered by columns. */
export async function selectRows(
  session: Session,
  table: Relation,
  where: Conditions = {},
  orderBy: readonly string[] = [],
): Promise<readonly Row[]> {
  const order = orderBy.map((column) => ({ column }));
  return queryRows(session, (knex) => restrict(tableOf(knex, table), where).orderBy(order).select('*'));
}

/** The rows of a query that is built with knex. */
export async function queryRows(
  session: Session,
  build: (knex: QueryBuilder) => Query,
): Promise<readonly Row[]> {
  const { sql, bindings } = await statement(build);
  const { rows } = await session.query(sql, bindings);
  return rows;
}

export function tableOf(knex: QueryBuilder, { schema, name }: Relation): Query {
  return knex.withSchema(schema).from(name);
}

/** A knex query must not be awaited, which would send it: it is built and turned into text in one go. */
async function statement(build: (knex: QueryBuilder) => Query): Promise<Statement> {
  return statementOf(build(await queryBuilder()));
}

function restrict(query: Query, conditions: Conditions): Query {
  for (const [column, value] of Object.entries(conditions)) {
    if (typeof value === 'object' && value !== null) query.whereIn(column, [...value]);
    else query.where({ [column]: value });
  }
  return query;
}

/** A column of a state row that is always filled. */
export function readText(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw misread(column, 'text', value);
  return value;
}

export function readTextOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : readText(row, column);
}

/** A whole number; counts beyond 2^53 do not occur in state tables. */
export function readNumber(row: Row, column: string): number {
  const value = Number(row[column] ?? Number.NaN);
  if (!Number.isSafeInteger(value)) throw misread(column, 'a whole number', row[column]);
  return value;
}

export function readNumberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : readNumber(row, column);
}

/** JSON that an earlier modelwright of the same store schema wrote. */
export function readJson<T>(row: Row, column: string): T {
  return parseStateJson<T>(readText(row, column));
}

function misread(column: string, expected: string, value: Scalar | undefined): Error {
  return new Error(
    `The store's state is damaged: column "${column}" holds ${String(value)}, not ${expected}.`,
  );
}
