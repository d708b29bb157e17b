import type { RelatedPlace, Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, RowText, UnitTestNode } from '../manifest/node.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { checkRows } from './check-rows.ts';
import type { CompiledUnitTest } from './compile-unit-tests.ts';
import { givenRows, type RowTyping } from './given-rows.ts';
import { inferColumns, type KeptShapes } from './infer-columns.ts';
import type { ModelCompiler } from './model-compiler.ts';
import { type UnitTestStatement, unitTestStatement } from './unit-test-statement.ts';
import { readWrittenRows, type WrittenRows } from './written-rows.ts';

/** A unit test that can be run: its statement, and the rows that it is to give. */
export interface PreparedUnitTest extends CompiledUnitTest {
  readonly statement: UnitTestStatement;
  readonly expected: ExpectedRows;
  /** Why nobody knows some columns of inputs, which then are as they are written. */
  readonly unknownInputs: readonly RelatedPlace[];
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
  /** What the session has from earlier preparations. */
  readonly kept?: KeptShapes;
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
  const statement = unitTestStatement(test.query, given, typing.dialect);
  return { ...test, statement, expected, unknownInputs: unknownInputs(node, typing) };
}

/** More guessed columns of an input are not shown beside an error. */
const MOST_GUESSES = 5;

function unknownInputs({ given }: UnitTestNode, { inferred }: RowTyping): readonly RelatedPlace[] {
  return given.flatMap(({ uniqueId, input }) => {
    const { message, span } = inferred.unknown.get(uniqueId) ?? {};
    const untyped = (inferred.declared.get(uniqueId) ?? []).filter(({ type }) => type === undefined);
    const guesses = untyped.slice(0, MOST_GUESSES).map((column) => ({
      message: `The type of "${column.name}" of ${input} is guessed: it declares no portable "data_type"`,
      span: column.span,
    }));
    if (message === undefined || span === undefined) return guesses;
    return [{ message: `The other columns of ${input} are not known: ${message}`, span }, ...guesses];
  });
}

/** Expected rows, checked against the model's columns where these are known before the test runs. */
async function expectedRows(
  { expect, cte, overrides }: UnitTestNode,
  model: ModelNode,
  { inferred, session, dialect }: RowTyping,
  report: Report,
): Promise<ExpectedRows | undefined> {
  if (expect.kind === 'sql') return { kind: 'sql', fixture: expect };
  const rows = await readWrittenRows(expect, report);
  if (rows === undefined) return undefined;
  const columns = inferred.columns.get(model.uniqueId);
  const asInferred = cte === undefined && Object.keys(overrides.macros).length === 0;
  const engine = { session, dialect };
  const sound =
    columns === undefined ||
    !asInferred ||
    (await checkRows(rows, columns, `"${model.name}"`, engine, report));
  return sound ? { kind: 'written', rows } : undefined;
}
