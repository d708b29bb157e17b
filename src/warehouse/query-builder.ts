import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import type { Scalar } from '../dialect/dialect.ts';

/** knex without a driver: it builds the portable queries on state tables, and sends nothing. */
export type QueryBuilder = Knex;

/** A query in the making. It must not be awaited: knex would send it, and has nobody to send it to. */
export type Query = Knex.QueryBuilder;

/** A query under construction; rooms that build queries name this type and not knex. */
export type BuiltQuery = Knex.QueryBuilder;

/** A statement with its bindings, as a session takes them. */
export interface Statement {
  readonly sql: string;
  readonly bindings: readonly Scalar[];
}

/**
 * The query builder; knex is loaded at the first call, by `require`, which reads its hundred files once and not twice.
 * PostgreSQL's spelling runs on all engines that we know.
 */
export async function queryBuilder(): Promise<QueryBuilder> {
  const { knex }: typeof import('knex') = createRequire(import.meta.url)('knex');
  return knex({ client: 'pg' });
}

/** The text and bindings of a query, with `$1` for its parameters. Throws for a binding that no session takes. */
export function statementOf(query: BuiltQuery): Statement {
  const { sql, bindings } = query.toSQL().toNative();
  return { sql, bindings: bindings.map(scalarOf) };
}

function scalarOf(binding: unknown): Scalar {
  if (binding === null) return null;
  switch (typeof binding) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return binding;
    default:
      throw new TypeError(`A binding must be a text, number, boolean or null, not ${String(binding)}.`);
  }
}
