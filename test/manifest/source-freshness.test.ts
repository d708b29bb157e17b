import { describe, expect, it } from 'vitest';
import type { SourceNode } from '../../src/manifest/node.ts';
import { oneLine, parse } from '../support/scratch-project.ts';

const HOURS = (count: number) => ({ count, period: 'hour' });

/** What is asked of the tables of a source `crm`, which is foreign, and the mistakes. */
async function freshnessOf(yml: string) {
  const { manifest, diagnostics } = await parse({ 'models/sources.yml': yml });
  const sources = [...manifest.nodes.values()].filter(
    (node): node is SourceNode => node.resourceType === 'source',
  );
  return {
    found: Object.fromEntries(sources.map(({ name, freshness }) => [name, freshness])),
    diagnostics: diagnostics.map(oneLine),
  };
}

describe('The freshness of a table', () => {
  it('is that of its source, key by key what it says itself, and nothing where it says null', async () => {
    const { found, diagnostics } = await freshnessOf(`sources:
  - name: crm
    loaded_at_field: loaded_at
    freshness:
      warn_after: { count: 12, period: hour }
      error_after: { count: 24, period: hour }
      filter: id > 0
    tables:
      - name: as_source
      - name: later
        loaded_at_field: seen_at
        freshness: { warn_after: { count: 20, period: hour } }
      - name: only_error
        freshness: { warn_after: null, filter: id > 1 }
      - { name: switched_off, freshness: null }
      - { name: both_off, freshness: { warn_after: null, error_after: null } }
`);
    expect(diagnostics).toEqual([]);
    const field = { kind: 'field', text: 'loaded_at' };
    expect(found).toMatchObject({
      as_source: {
        warnAfter: HOURS(12),
        errorAfter: HOURS(24),
        filter: { text: 'id > 0', span: { start: { line: 7, column: 15 } } },
        loadedAt: { ...field, span: { start: { line: 3, column: 22 } } },
      },
      later: { warnAfter: HOURS(20), errorAfter: HOURS(24), loadedAt: { kind: 'field', text: 'seen_at' } },
      only_error: {
        warnAfter: undefined,
        errorAfter: HOURS(24),
        filter: { text: 'id > 1' },
        loadedAt: field,
      },
      switched_off: undefined,
      both_off: undefined,
    });
  });

  it('may stand below config, which counts for more than what stands beside it', async () => {
    const { found, diagnostics } = await freshnessOf(`sources:
  - name: crm
    config: { freshness: { error_after: { count: 2, period: day } }, loaded_at_query: 'select 1' }
    tables:
      - name: a
      - name: b
        loaded_at_field: x
        freshness: { warn_after: { count: 1, period: hour } }
        config: { loaded_at_field: y, freshness: { warn_after: { count: 2, period: hour } } }
`);
    expect(diagnostics).toEqual([]);
    expect(found).toMatchObject({
      a: { loadedAt: { kind: 'query', text: 'select 1' }, errorAfter: { count: 2, period: 'day' } },
      b: {
        loadedAt: { kind: 'field', text: 'y' },
        warnAfter: HOURS(2),
        errorAfter: { count: 2, period: 'day' },
      },
    });
  });

  it('of a landed table goes by its loads where nothing else is named', async () => {
    const { found } = await freshnessOf(`sources:
  - name: raw
    tables: [{ name: events, freshness: { error_after: { count: 1, period: day } } }]
`);
    expect(found).toMatchObject({ events: { loadedAt: { kind: 'load', table: 'events' } } });
  });
});

describe('A mistake in freshness', () => {
  const table = (source: string, properties: string) =>
    `sources:\n  - name: ${source}\n    tables:\n      - name: t\n${properties}`;
  const THRESHOLD = '        freshness: { error_after: { count: 1, period: day } }\n';

  it.each([
    {
      title: 'a period that is misspelt',
      yml: table(
        'crm',
        '        loaded_at_field: x\n        freshness:\n          warn_after: { count: 1, period: days }\n',
      ),
      expected:
        'YML-005 models/sources.yml:7:43 "period" must be "minute" or "hour" or "day", not the text "days". | Did you mean "day"?',
    },
    {
      title: 'a count that is none',
      yml: table(
        'crm',
        '        loaded_at_field: x\n        freshness:\n          warn_after: { count: 0, period: day }\n',
      ),
      expected: 'YML-005 models/sources.yml:7:32 "count" too small',
    },
    {
      title: 'a key that is misspelt',
      yml: table(
        'crm',
        '        loaded_at_field: x\n        freshness: { warn_afer: { count: 1, period: day } }\n',
      ),
      expected: 'YML-004 models/sources.yml:6:22 Unknown key "warn_afer". | Did you mean "warn_after"?',
    },
    {
      title: 'no way to tell when rows were loaded',
      yml: table('crm', THRESHOLD),
      expected:
        'FRS-001 models/sources.yml:5:9 Source "crm.t" declares freshness, but not when its rows were loaded. | Name the column with loaded_at_field, or write a loaded_at_query; only landed tables can do without.',
    },
    {
      title: 'two ways',
      yml: table('crm', `        loaded_at_field: x\n        loaded_at_query: select 1\n${THRESHOLD}`),
      expected: 'FRS-002 models/sources.yml:6:26',
    },
    {
      title: 'a column that a landed table does not declare',
      yml: table(
        'raw',
        `        columns: [{ name: loaded_at }]\n        loaded_at_field: loadet_at\n${THRESHOLD}`,
      ),
      expected:
        'FRS-003 models/sources.yml:6:26 Source "raw.t" declares no column "loadet_at". | Did you mean "loaded_at"?',
    },
    {
      title: 'a filter of rows that nobody looks at',
      yml: table('raw', '        freshness: { error_after: { count: 1, period: day }, filter: a > 1 }\n'),
      expected: 'FRS-004 models/sources.yml:5:70',
    },
  ])('is $title, told at its line', async ({ yml, expected }) => {
    const { diagnostics } = await freshnessOf(yml);
    expect(diagnostics.map((line) => line.slice(0, expected.length))).toEqual([expected]);
  });
});
