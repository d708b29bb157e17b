import { type BoundSql, bindCompiled } from '../compile/bound-sql.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, RowText, UnitTestNode } from '../manifest/node.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { checkRows } from './check-rows.ts';
import type { CompiledUnitTest } from './compile-unit-tests.ts';
import { givenRows, type RowTyping } from './given-rows.ts';
import { inferColumns } from './infer-columns.ts';
import type { ModelCompiler } from './model-compiler.ts';
import { readWrittenRows, type WrittenRows } from './written-rows.ts';

/** A unit test that can be run: its statement, and the rows that it is to give. */
export interface PreparedUnitTest extends CompiledUnitTest {
  readonly statement: UnitTestStatement;
  readonly expected: ExpectedRows;
}

/** A statement that makes the model's rows of the given ones. */
export interface UnitTestStatement {
  readonly sql: string;
  /** The tested SQL in it, and how much stands before that. */
  readonly bound: BoundSql;
  readonly prefixLength: number;
}

export type ExpectedRows =
  | { readonly kind: 'written'; readonly rows: WrittenRows }
  | { readonly kind: 'sql'; readonly fixture: RowText<'sql'> };

/** What unit tests are prepared with. */
export interface Preparation {
  readonly manifest: Manifest;
  readonly compiler: ModelCompiler;
  /** A session of the embedded engine. */
  readonly session: Session;
  readonly dialect: Dialect;
}

/** Gives the rows of unit tests their types, which are inferred; columns and values that do not fit are reported, all of them. */
export async function prepareUnitTests(
  tests: readonly CompiledUnitTest[],
  preparation: Preparation,
  report: Report,
): Promise<ReadonlyMap<string, PreparedUnitTest>> {
  const { session, dialect } = preparation;
  const wanted = new Set(
    tests.flatMap(({ node }) => [...node.given.map(({ uniqueId }) => uniqueId), node.model]),
  );
  const inferred = await inferColumns(preparation, wanted);
  const prepared = new Map<string, PreparedUnitTest>();
  for (const test of tests) {
    const ready = await prepare(test, { inferred, session, dialect }, report);
    if (ready !== undefined) prepared.set(test.node.uniqueId, ready);
  }
  return prepared;
}

async function prepare(
  test: CompiledUnitTest,
  typing: RowTyping,
  report: Report,
): Promise<PreparedUnitTest | undefined> {
  const { node } = test;
  const given = new Map<string, string>();
  for (const input of node.given) {
    const rows = await givenRows(input, typing, report);
    if (rows !== undefined) given.set(input.uniqueId, rows);
  }
  const expected = await expectedRows(node, test.query.node, typing, report);
  if (expected === undefined || given.size < node.given.length) return undefined;
  return { ...test, statement: statementOf(test, given, typing.dialect), expected };
}

/** The given rows stand in front as common tables. */
function statementOf(
  { query }: CompiledUnitTest,
  given: ReadonlyMap<string, string>,
  dialect: Dialect,
): UnitTestStatement {
  const names = new Map(query.reads.map((read, index) => [read, `__given_${index + 1}`]));
  const bound = bindCompiled(query, (read) => names.get(read) ?? dialect.quote(read));
  const tables = [...names].map(([read, name]) => `${name} as (\n${given.get(read)}\n)`);
  const opening = tables.length === 0 ? '' : `with ${tables.join(',\n')}\n`;
  const prefix = `${opening}select * from (\n`;
  return { sql: `${prefix}${bound.sql}\n) as made`, bound, prefixLength: prefix.length };
}

/** Expected rows, checked against the model's columns where these are known before the test runs. */
async function expectedRows(
  { expect, cte, overrides }: UnitTestNode,
  model: ModelNode,
  { inferred, dialect }: RowTyping,
  report: Report,
): Promise<ExpectedRows | undefined> {
  if (expect.kind === 'sql') return { kind: 'sql', fixture: expect };
  const rows = await readWrittenRows(expect, report);
  if (rows === undefined) return undefined;
  const columns = inferred.columns.get(model.uniqueId);
  const asInferred = cte === undefined && Object.keys(overrides.macros).length === 0;
  const sound =
    columns === undefined || !asInferred || checkRows(rows, columns, `"${model.name}"`, dialect, report);
  return sound ? { kind: 'written', rows } : undefined;
}
