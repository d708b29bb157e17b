import type { Client, QueryArrayResult } from 'pg';
import type { Scalar } from '../../dialect/dialect.ts';
import type { Row } from '../warehouse.ts';

/** What the server answers; cells by position. */
type PostgresResult = QueryArrayResult<Scalar[]>;

/** Sends a statement. Without bindings a text may hold several statements; the result is the last one's. */
export async function send(
  client: Client,
  sql: string,
  bindings: readonly Scalar[],
): Promise<PostgresResult> {
  const query = { text: sql, values: [...bindings], rowMode: 'array' as const };
  const result: PostgresResult | PostgresResult[] = await client.query<Scalar[]>(query);
  if (!Array.isArray(result)) return result;
  const last = result.at(-1);
  if (last === undefined) throw new Error('A query of several statements has several results.');
  return last;
}

/** Columns of one name are told apart as DuckDB does: `a`, `a:1`. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before === 0 ? name : `${name}:${before}`;
  });
}

export function rowOf(names: readonly string[], values: readonly Scalar[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}
