import { type BoundSql, bindCompiled } from '../compile/bound-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Dialect } from '../dialect/dialect.ts';

/** A statement that makes the model's rows of the given ones. */
export interface UnitTestStatement {
  readonly sql: string;
  /** The tested SQL in it, and how much stands before that. */
  readonly bound: BoundSql;
  readonly prefixLength: number;
}

/** The statement of a query over given rows (SELECTs, by unique id), which stand in front as common tables. */
export function unitTestStatement(
  query: CompiledNode,
  given: ReadonlyMap<string, string>,
  dialect: Dialect,
): UnitTestStatement {
  const names = givenNames(query);
  const tables = [...names].map(([read, name]) => `${name} as (\n${given.get(read)}\n)`);
  const opening = tables.length === 0 ? '' : `with ${tables.join(',\n')}\n`;
  return around(query, `${opening}select * from (\n`, dialect);
}

/** The same test of other SQL, which reads the same inputs or some of them. */
export function withQuery<
  Test extends { readonly query: CompiledNode; readonly statement: UnitTestStatement },
>(test: Test, sql: string, dialect: Dialect): Test {
  const { statement } = test;
  const query = { ...test.query, sql };
  return {
    ...test,
    query,
    statement: around(query, statement.sql.slice(0, statement.prefixLength), dialect),
  };
}

function around(query: CompiledNode, prefix: string, dialect: Dialect): UnitTestStatement {
  const names = givenNames(query);
  const bound = bindCompiled(query, (read) => names.get(read) ?? dialect.quote(read));
  return { sql: `${prefix}${bound.sql}\n) as made`, bound, prefixLength: prefix.length };
}

function givenNames({ reads }: CompiledNode): ReadonlyMap<string, string> {
  return new Map(reads.map((read, index) => [read, `__given_${index + 1}`]));
}
