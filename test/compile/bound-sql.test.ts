import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindCompiled } from '../../src/compile/bound-sql.ts';
import type { CompiledNode } from '../../src/compile/compiled-node.ts';
import { statementDiagnostic } from '../../src/compile/statement-diagnostic.ts';
import { spanAt } from '../../src/diagnostic/span.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { WarehouseError } from '../../src/warehouse/warehouse.ts';
import { fixtureManifest, modelId } from './fixture-manifest.ts';

/** A compiled node whose source map gives each offset of its SQL as the same offset of a file. */
function compiledNode(sql: string): CompiledNode {
  const node = fixtureManifest({ models: { daily: 'select 1' } }).nodes.get(modelId('daily'));
  if (node?.resourceType !== 'model') throw new Error('no model');
  const source = { path: 'models/daily.sql', text: sql };
  const map = { originAt: (offset: number) => ({ span: spanAt(source, offset), stack: [] }) };
  return { node, sql, map, reads: [], nondeterminism: [] };
}

test('every character of the bound text leads back to the one that wrote it, a name to its marker', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 6 }).filter((text) => !/[\uE000\uE001]/.test(text)),
    fc.constantFrom('a', 'b').map(relationMarker),
  );
  const names: Readonly<Record<string, string>> = { a: '"s"."a_long_name"', b: 'b' };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const sql = pieces.join('');
      const bound = bindCompiled(compiledNode(sql), (id) => names[id] ?? '?');
      let [offset, unbound] = [0, 0];
      for (const text of pieces) {
        const name = names[text.slice(1, -1)];
        const isMarker = text.startsWith('\uE000');
        const length = isMarker ? (name?.length ?? 0) : text.length;
        for (let index = 0; index < length; index++) {
          const expected = spanAt({ path: '', text: sql }, isMarker ? unbound : unbound + index).start;
          expect(bound.originAt(offset + index)?.span.start).toEqual(expected);
        }
        offset += length;
        unbound += text.length;
      }
      expect(bound.sql).toHaveLength(offset);
    }),
  );
});

test('a name that stands in a string is part of the string', () => {
  const sql = `select '${relationMarker('a')}' as name from ${relationMarker('a')} as t where b = 'c'`;
  const bound = bindCompiled(compiledNode(sql), () => `s."ada's"`);
  expect(bound.sql).toBe(`select 's."ada''s"' as name from s."ada's" as t where b = 'c'`);
  expect(bound.originAt(bound.sql.indexOf('where'))?.span.start).toEqual(
    spanAt({ path: '', text: sql }, sql.indexOf('where')).start,
  );
});

test("an engine's error is shown at the template's line, behind a name that is longer than its marker", async () => {
  const compiled = compiledNode(`select id,\n  nope\nfrom ${relationMarker(modelId('orders'))}`);
  const bound = bindCompiled(compiled, () => '(select 1 as id, 2 as something_else)');
  const prefix = 'create table t as\n';
  const warehouse = await openDuckdb(':memory:');
  const session = await warehouse.open();
  const error: unknown = await session.execute(prefix + bound.sql).catch((reason: unknown) => reason);
  await warehouse.close();
  if (!(error instanceof WarehouseError)) throw error;
  const diagnostic = statementDiagnostic(error, compiled, bound, prefix.length);
  expect(diagnostic).toMatchObject({ code: 'SQL-001', span: { start: { line: 2, column: 3 } } });
  expect(diagnostic.message).toContain('Model "daily" failed: ');
});

test('an error without a position, or outside of the node, is shown at the node', () => {
  const compiled = compiledNode('select 1');
  const bound = bindCompiled(compiled, () => '');
  for (const position of [undefined, 0, 900]) {
    const error = { message: 'out of luck', position, hint: undefined };
    expect(statementDiagnostic(error, compiled, bound, 10).span).toBe(compiled.node.span);
  }
});

test('the macro calls that an error came through are told, innermost first', () => {
  const source = { path: 'macros/m.sql', text: 'outer inner' };
  const stack = [
    { macro: 'outer', span: spanAt(source, 0) },
    { macro: 'inner', span: spanAt(source, 6) },
  ];
  const compiled = { ...compiledNode('x'), map: { originAt: () => ({ span: spanAt(source, 3), stack }) } };
  const error = { message: 'no', position: 0, hint: 'try' };
  const diagnostic = statementDiagnostic(error, compiled, bindCompiled(compiled, String), 0);
  expect(diagnostic.hint).toBe('try');
  expect(diagnostic.related?.map(({ message }) => message)).toEqual([
    'macro "inner" is called here',
    'macro "outer" is called here',
  ]);
});
