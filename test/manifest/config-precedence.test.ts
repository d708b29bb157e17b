import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeConfig } from '../../src/manifest/config-precedence.ts';
import type { YamlValue } from '../../src/project/project.ts';

const roles = fc.uniqueArray(fc.constantFrom('tableau', 'analyst', 'finance'), { maxLength: 3 });
const scalars = { materialized: fc.constantFrom('view', 'table'), alias: fc.constantFrom('x', 'y', 'z') };
const layer = fc.record(
  {
    ...scalars,
    tags: fc.oneof(roles, fc.constantFrom('nightly', 'nightly, weekly')),
    meta: fc.dictionary(fc.constantFrom('owner', 'team', 'tier'), fc.nat(3)),
    grants: fc.record({ select: roles, '+select': roles }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never;

const span = { source: { path: 'x', text: '' }, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

function merged(layers: readonly Layer[]): Readonly<Record<string, YamlValue>> {
  const placed = layers.map((values) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, { value: value as YamlValue, span }]),
    ),
  );
  return Object.fromEntries(Object.entries(mergeConfig(placed)).map(([key, { value }]) => [key, value]));
}

const listOf = (tags: string | readonly string[]) => (typeof tags === 'string' ? tags.split(', ') : tags);

test('of a plain config the most specific value counts', () => {
  fc.assert(
    fc.property(fc.array(layer), (layers) => {
      const result = merged(layers);
      for (const key of ['materialized', 'alias'] as const)
        expect(result[key]).toBe(layers.findLast((values) => values[key] !== undefined)?.[key]);
    }),
  );
});

test('tags add up from general to specific, each once', () => {
  fc.assert(
    fc.property(fc.array(layer), (layers) => {
      const all = layers.flatMap((values) => (values.tags === undefined ? [] : listOf(values.tags)));
      expect(merged(layers)['tags'] ?? []).toEqual([...new Set(all)]);
    }),
  );
});

test('meta merges key by key', () => {
  fc.assert(
    fc.property(fc.array(layer), (layers) => {
      const meta = (merged(layers)['meta'] ?? {}) as Readonly<Record<string, number>>;
      for (const key of ['owner', 'team', 'tier'])
        expect(meta[key]).toBe(layers.findLast((values) => values.meta?.[key] !== undefined)?.meta?.[key]);
    }),
  );
});

test('grants begin anew without +, and add to what is there with it', () => {
  fc.assert(
    fc.property(fc.array(layer), (layers) => {
      let expected: string[] | undefined;
      for (const { grants } of layers) {
        for (const [key, given] of Object.entries(grants ?? {})) {
          const kept = key === '+select' ? (expected ?? []) : [];
          expected = [...new Set([...kept, ...(given as string[])])];
        }
      }
      const grants = merged(layers)['grants'] as { readonly select?: readonly string[] } | undefined;
      expect(grants?.select).toEqual(expected);
    }),
  );
});

test('merging in two steps is merging in one', () => {
  fc.assert(
    fc.property(fc.array(layer), fc.array(layer), (general, specific) => {
      const placed = (values: Layer) =>
        Object.fromEntries(
          Object.entries(values).map(([key, value]) => [key, { value: value as YamlValue, span }]),
        );
      const inOne = mergeConfig([...general, ...specific].map(placed));
      const below = mergeConfig(general.map(placed));
      expect(mergeConfig([below, ...specific.map(placed)])).toEqual(inOne);
    }),
  );
});
