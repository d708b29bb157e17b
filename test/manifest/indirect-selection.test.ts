import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildDag, type Dag } from '../../src/manifest/dag.ts';
import type { Node } from '../../src/manifest/node.ts';
import { select } from '../../src/manifest/select.ts';
import { type IndirectSelection, indirectSelections } from '../../src/project/project.ts';
import { manifestOf, model, singularTest, source } from '../support/manifest.ts';
import { parse } from '../support/scratch-project.ts';

function dagOf(nodes: readonly Node[]): Dag {
  const dag = buildDag(manifestOf(nodes), (diagnostic) => {
    throw new Error(diagnostic.message);
  });
  if (dag === undefined) throw new Error('no DAG');
  return dag;
}

function picked(
  dag: Dag,
  mode: IndirectSelection,
  flags: { readonly select: readonly string[]; readonly exclude?: readonly string[] },
): readonly string[] {
  const criteria = { exclude: [], ...flags, indirectSelection: mode };
  const { nodes } = select(dag, criteria, (diagnostic) => {
    throw new Error(diagnostic.message);
  });
  return [...nodes].map((id) => id.split('.').at(-1) ?? '').sort();
}

const SHOP = dagOf([
  source('raw.events'),
  model('a', ['raw.events']),
  model('b', ['a']),
  model('c', ['b']),
  model('d'),
  singularTest('t_b', ['b']),
  singularTest('t_ab', ['a', 'b']),
  singularTest('t_bc', ['b', 'c']),
  singularTest('t_bd', ['b', 'd']),
  singularTest('t_b_raw', ['b', 'raw.events']),
]);

test('one model takes along the tests that its mode says', () => {
  const select = ['b'];
  expect(picked(SHOP, 'eager', { select })).toEqual(['b', 't_ab', 't_b', 't_b_raw', 't_bc', 't_bd']);
  expect(picked(SHOP, 'cautious', { select })).toEqual(['b', 't_b']);
  expect(picked(SHOP, 'buildable', { select })).toEqual(['b', 't_ab', 't_b', 't_b_raw']);
  expect(picked(SHOP, 'empty', { select })).toEqual(['b']);
});

test('a test waits for the rest of the selection, which may bring what else it reads', () => {
  expect(picked(SHOP, 'cautious', { select: ['b', 'c'] })).toEqual(['b', 'c', 't_b', 't_bc']);
  expect(picked(SHOP, 'cautious', { select: ['b+'] })).toEqual(['b', 'c', 't_b', 't_bc']);
  expect(picked(SHOP, 'cautious', { select: ['b', 'd'], exclude: ['d'] })).toEqual(['b', 't_b']);
});

test('a test that is named is selected, unless what it reads is excluded', () => {
  for (const mode of indirectSelections) expect(picked(SHOP, mode, { select: ['t_bd'] })).toEqual(['t_bd']);
  for (const mode of indirectSelections)
    expect(picked(SHOP, mode, { select: ['t_bd', 't_b'], exclude: ['d'] })).toEqual(['t_b']);
});

test('project.yml may say which mode holds', async () => {
  const files = {
    'project.yml':
      'name: shop\nflags: { indirect_selection: empty }\ntargets:\n  dev: { adapter: duckdb, path: d.duckdb, schema: s }\n',
    'models/a.sql': 'select 1 as id',
    'models/m.yml': 'models: [{ name: a, columns: [{ name: id, tests: [unique] }] }]',
  };
  const { manifest, diagnostics } = await parse(files);
  expect(diagnostics).toEqual([]);
  const dag = buildDag(manifest, () => {});
  if (dag === undefined) throw new Error('no DAG');
  const selection = (mode?: IndirectSelection) =>
    select(dag, { select: ['a'], exclude: [], ...(mode && { indirectSelection: mode }) }, () => {}).nodes
      .size;
  expect([selection(), selection('eager')]).toEqual([1, 2]);
});

/** Up to 8 models that read earlier ones, up to 6 tests over any of them, and which models are selected and excluded. */
const drafts = fc.record({
  reads: fc.array(fc.array(fc.nat({ max: 50 }), { maxLength: 2 }), { minLength: 1, maxLength: 8 }),
  tested: fc.array(fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
  selected: fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 3 }),
  excluded: fc.array(fc.nat({ max: 50 }), { maxLength: 2 }),
});

test('every mode selects what its definition says, for any project and selection', () => {
  fc.assert(
    fc.property(drafts, fc.constantFrom(...indirectSelections), ({ reads, tested, ...flags }, mode) => {
      const names = (numbers: readonly number[], below = reads.length) =>
        below === 0 ? [] : [...new Set(numbers.map((number) => `m${number % below}`))];
      const parents = new Map(reads.map((some, index) => [`m${index}`, names(some, index)]));
      const tests = new Map(tested.map((some, index) => [`t${index}`, names(some)]));
      const dag = dagOf([
        ...[...parents].map(([name, read]) => model(name, read)),
        ...[...tests].map(([name, read]) => singularTest(name, read)),
      ]);
      const excluded = new Set(names(flags.excluded));
      const selected = new Set(names(flags.selected).filter((name) => !excluded.has(name)));
      const upstream = (name: string): readonly string[] =>
        (parents.get(name) ?? []).flatMap((parent) => [parent, ...upstream(parent)]);
      const reachable = new Set([...selected, ...[...selected].flatMap(upstream)]);
      const comesAlong = (read: readonly string[]) => {
        const reads = (of: ReadonlySet<string>) => read.every((name) => of.has(name));
        if (mode === 'empty' || !read.some((name) => selected.has(name))) return false;
        if (read.some((name) => excluded.has(name))) return false;
        return mode === 'eager' || reads(mode === 'cautious' ? selected : reachable);
      };
      const along = [...tests].filter(([, read]) => comesAlong(read)).map(([name]) => name);
      expect(picked(dag, mode, { select: names(flags.selected), exclude: [...excluded] })).toEqual(
        [...selected, ...along].sort(),
      );
    }),
    { numRuns: 500 },
  );
});
