import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { NodeConfig } from '../../src/manifest/config.ts';
import type { ModelNode } from '../../src/manifest/node.ts';
import { type LoadRecord, landedToken } from '../../src/store/load-record.ts';
import { shapingConfig, testKey, type VersionIdentity, versionKey } from '../../src/store/version-key.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';
import { column } from '../support/manifest.ts';

const EVENTS = 'model.shop.stg_events';
const SQL = `select day, count(*) as dau from ${relationMarker(EVENTS)} where kind <> 'it''s -- not a comment' group by 1`;

describe('a version key', () => {
  it('is stable: the same identity has this key on every machine', () => {
    expect(versionKey(identity())).toBe(versionKey(identity()));
    expect(versionKey(identity())).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not see white space and comments between tokens', () => {
    const filler = fc.stringMatching(/^(?: |\n|\t|-- [a-z']{0,8}\n|\/\* [a-z';]{0,8} \*\/){1,4}$/);
    const words = SQL.split(/(?<=\S)(?= )|(?<= )(?=\S)/).filter((word) => word !== ' ');
    fc.assert(
      fc.property(fc.array(filler, { minLength: 60, maxLength: 60 }), (fillers) => {
        const spaced = duckdbDialect
          .tokenize(SQL)
          .map((token, position) =>
            token.kind === 'space' ? ` ${fillers[position % fillers.length]}` : token.text,
          )
          .join('');
        expect(words.length).toBeGreaterThan(5);
        expect(versionKey(identity({ sql: spaced }))).toBe(versionKey(identity()));
      }),
    );
  });

  it('sees every token', () => {
    const tokens = duckdbDialect.tokenize(SQL);
    const hashed = tokens.flatMap((token, position) =>
      token.kind === 'space' || token.kind === 'relation' ? [] : [position],
    );
    fc.assert(
      fc.property(fc.constantFrom(...hashed), fc.constantFrom('x', '1', "'s'", '+'), (position, text) => {
        const changed = tokens.map((token, at) => (at === position ? text : token.text)).join('');
        fc.pre(changed !== SQL);
        expect(versionKey(identity({ sql: changed }))).not.toBe(versionKey(identity()));
      }),
    );
  });

  it('sees white space and comment marks inside literals', () => {
    const keys = [`select 'a b'`, `select 'a  b'`, `select 'a--b'`, `select 'a/**/b'`].map((sql) =>
      versionKey(identity({ sql })),
    );
    expect(new Set(keys).size).toBe(4);
  });

  it('sees the upstream’s key or token, not its name', () => {
    const renamed = identity({ sql: SQL.replace(EVENTS, 'model.shop.renamed') });
    expect(versionKey(renamed)).toBe(versionKey(identity()));
    expect(versionKey(identity({ upstream: 'another key' }))).not.toBe(versionKey(identity()));
  });

  it('sees dialect, engine version, session settings, salt and each config that shapes rows or storage', () => {
    const other = (changes: Partial<Dialect>): Dialect => ({ ...duckdbDialect, ...changes });
    const keys = [
      identity(),
      identity({ dialect: other({ name: 'postgres' }) }),
      identity({ dialect: other({ sessionSettings: [`set timezone = 'Europe/Berlin'`] }) }),
      identity({ dialect: other({ sessionSettings: [] }) }),
      identity({ version: '2.0' }),
      identity({ salt: 'run_1' }),
      identity({ salt: 'run_2' }),
      identity({ config: { materialized: 'view' } }),
      identity({ config: { materialized: 'table', dist: 'day' } }),
    ].map(versionKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not depend on the order in which config was written', () => {
    const one = identity({ config: { a: 1, b: { c: 2, d: [3] } } });
    const other = identity({ config: { b: { d: [3], c: 2 }, a: 1 } });
    expect(versionKey(one)).toBe(versionKey(other));
  });

  it('of a file is that of its bytes, and never that of SQL', () => {
    const file = (sha256: string): VersionIdentity => ({ ...identity(), body: { kind: 'file', sha256 } });
    expect(versionKey(file('1'))).not.toBe(versionKey(file('2')));
    expect(versionKey(file('1'))).not.toBe(versionKey(identity({ sql: '1' })));
  });

  it('is never a test’s key', () => {
    expect(testKey(identity())).not.toBe(versionKey(identity()));
    expect(testKey(identity({ upstream: 'another key' }))).not.toBe(testKey(identity()));
  });
});

describe('the config in a key', () => {
  const shaping: readonly Partial<NodeConfig>[] = [
    { materialized: 'view' },
    { storage: { sort: [], dist: 'user_id' } },
    { storage: { sort: ['day'] } },
    { storage: { sort: ['day'], sortStyle: 'interleaved' } },
    { storage: { sort: [], encode: { day: 'az64' } } },
    { storage: { sort: [], backup: false } },
    { bind: false },
    { columnTypes: { code: 'varchar' } },
    { delimiter: ';' },
  ];
  for (const change of shaping) {
    it(`holds ${JSON.stringify(change)}`, () => {
      expect(shapingConfig(model({}, change))).not.toEqual(shapingConfig(model({})));
    });
  }

  it('is this, and reads nothing that the schema of configs does not know', () => {
    const columns = [column('day', { dataType: 'date' }), column('dau')];
    expect(shapingConfig(model({ columns }, { raw: { anything: 'at all' } }))).toEqual({
      materialized: 'table',
      dist: null,
      sort: [],
      column_types: {},
      delimiter: ',',
      declared_types: [['day', 'date']],
    });
  });

  it('holds the declared types of columns, in order', () => {
    const typed = (...names: string[]) =>
      shapingConfig(
        model({
          columns: names.map((name) => column(name, { dataType: 'bigint' })),
        }),
      );
    expect(typed('a', 'b')).not.toEqual(shapingConfig(model({})));
    expect(typed('a', 'b')).not.toEqual(typed('b', 'a'));
  });

  it('holds neither names, paths, words nor what only publishing looks at', () => {
    const described = model(
      {
        name: 'renamed',
        uniqueId: 'model.shop.renamed',
        path: 'models/elsewhere.sql',
        description: 'Other words.',
        tags: ['nightly'],
        meta: { owner: 'me' },
        relation: { schema: 'analytics__pr_42', name: 'renamed' },
        columns: [column('day', { description: 'The day.', tags: ['pii'] })],
      },
      {
        publish: 'table',
        schema: 'custom',
        alias: 'other',
        grants: { select: ['tableau'] },
        raw: { tags: ['nightly'] },
      },
    );
    expect(shapingConfig(described)).toEqual(shapingConfig(model({})));
  });
});

describe('the token of a landed table', () => {
  const loads: readonly LoadRecord[] = [load('1', 'a'), load('2', 'b')];

  it('changes when a partition is loaded anew, even with as many rows and the same latest date', () => {
    expect(landedToken([load('1', 'a'), load('2', 'c')], 'daily_dump')).not.toBe(
      landedToken(loads, 'daily_dump'),
    );
  });

  it('changes with a new partition, not with the order of rows or with other tables', () => {
    expect(landedToken([...loads, load('3', 'c')], 'daily_dump')).not.toBe(landedToken(loads, 'daily_dump'));
    expect(landedToken([...loads].reverse(), 'daily_dump')).toBe(landedToken(loads, 'daily_dump'));
    expect(landedToken([...loads, { ...load('1', 'z'), table: 'users' }], 'daily_dump')).toBe(
      landedToken(loads, 'daily_dump'),
    );
  });

  it('tells two empty tables apart', () => {
    expect(landedToken([], 'users')).not.toBe(landedToken([], 'daily_dump'));
  });
});

function load(partition: string, loadId: string): LoadRecord {
  return {
    table: 'daily_dump',
    partition,
    contentHash: loadId,
    loadId,
    rows: 10,
    loadedAt: '2025-01-01 00:00:00',
  };
}

interface Changes {
  readonly sql?: string;
  readonly upstream?: string;
  readonly config?: VersionIdentity['config'];
  readonly dialect?: Dialect;
  readonly version?: string;
  readonly salt?: string;
}

function identity(changes: Changes = {}): VersionIdentity {
  return {
    body: { kind: 'sql', sql: changes.sql ?? SQL, upstream: () => changes.upstream ?? 'key of events' },
    config: changes.config ?? { materialized: 'table' },
    engine: { dialect: changes.dialect ?? duckdbDialect, version: changes.version ?? '1.5' },
    salt: changes.salt,
  };
}

function model(changes: Partial<ModelNode>, config: Partial<NodeConfig> = {}): ModelNode {
  const source = { path: 'models/daily.sql', text: 'select 1' };
  const start = { line: 1, column: 1 };
  return {
    resourceType: 'model',
    uniqueId: 'model.shop.daily',
    name: 'daily',
    path: source.path,
    fqn: ['shop', 'daily'],
    description: '',
    tags: [],
    meta: {},
    span: { source, start, end: start },
    source,
    columns: [],
    references: [],
    relation: { schema: 'analytics', name: 'daily' },
    config: {
      materialized: 'table',
      enabled: true,
      publish: 'view',
      schema: undefined,
      alias: undefined,
      storage: { sort: [] },
      bind: true,
      onError: 'skip',
      grants: {},
      columnTypes: {},
      delimiter: ',',
      raw: {},
      ...config,
    },
    ...changes,
  };
}
