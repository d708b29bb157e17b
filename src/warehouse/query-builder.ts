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

let builder: QueryBuilder | undefined;

/** The query builder; of knex only what builds is loaded, at the first call. PostgreSQL's spelling runs on all engines that we know. */
export async function queryBuilder(): Promise<QueryBuilder> {
  builder ??= await startBuilder();
  return builder;
}

async function startBuilder(): Promise<QueryBuilder> {
  const { default: Client } = await import('knex/lib/dialects/postgres/index.js');
  const { default: makeKnex } = await import('knex/lib/knex-builder/make-knex.js');
  return makeKnex(new Client({ client: 'pg' }));
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
