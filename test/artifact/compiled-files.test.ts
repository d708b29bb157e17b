import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compiledFiles, writeCompiledFiles, writeRunFiles } from '../../src/artifact/compiled-files.ts';
import { writeArtifact } from '../../src/artifact/write-artifact.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { ModelNode, Node } from '../../src/manifest/node.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';
import { genericTest, manifestOf, model, seed, singularTest } from '../support/manifest.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-artifact-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const STAGING = model('stg_events', [], { folder: 'staging' });
const DAILY = model('daily', ['stg_events'], { folder: 'marts' });

function projectOf(nodes: readonly Node[]): Manifest {
  const manifest = manifestOf(nodes);
  return { ...manifest, project: { ...manifest.project, root } };
}

function compiled<N extends Node>(node: N, sql: string) {
  return { node, sql, map: { originAt: () => undefined }, reads: [], nondeterminism: [] };
}

function write(models: readonly ModelNode[], manifest: Manifest = projectOf([STAGING, DAILY])) {
  const nodes = models.map((node) =>
    compiled(node, `select 1 from ${relationMarker('model.shop.stg_events')}`),
  );
  return writeCompiledFiles(compiledFiles(nodes, manifest, duckdbDialect), manifest);
}

const inRoot = (path: string) => join(root, path);

describe('compiled files', () => {
  test('stand below target/compiled at their path in the project, with published names', async () => {
    expect(await write([STAGING, DAILY])).toEqual({ written: 2, removed: 0 });
    expect(readFileSync(inRoot('target/compiled/shop/models/marts/daily.sql'), 'utf8')).toBe(
      'select 1 from analytics.stg_events\n',
    );
  });

  test('are only written when their content differs', async () => {
    await write([STAGING, DAILY]);
    const file = inRoot('target/compiled/shop/models/marts/daily.sql');
    utimesSync(file, 1, 1);
    expect(await write([STAGING, DAILY])).toEqual({ written: 0, removed: 0 });
    expect(statSync(file).mtimeMs).toBe(1000);
    writeFileSync(file, 'select 2 from analytics.stg_events\n');
    expect(await write([STAGING, DAILY])).toEqual({ written: 1, removed: 0 });
    expect(readFileSync(file, 'utf8')).toBe('select 1 from analytics.stg_events\n');
  });

  test('of nodes that were not compiled this time stay, those of removed nodes go, with empty folders', async () => {
    const weekly = model('weekly', [], { folder: 'marts/old' });
    await write([STAGING, DAILY, weekly], projectOf([STAGING, DAILY, weekly]));
    expect(await write([DAILY])).toEqual({ written: 0, removed: 1 });
    expect(existsSync(inRoot('target/compiled/shop/models/marts/old'))).toBe(false);
    expect(existsSync(inRoot('target/compiled/shop/models/staging/stg_events.sql'))).toBe(true);
  });

  test('a link in the folder is neither followed nor removed', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'modelwright-outside-'));
    writeFileSync(join(outside, 'precious.sql'), 'select 1');
    mkdirSync(inRoot('target/compiled'), { recursive: true });
    symlinkSync(outside, inRoot('target/compiled/link'));
    await write([DAILY]);
    expect(existsSync(join(outside, 'precious.sql'))).toBe(true);
    rmSync(outside, { recursive: true });
  });

  test('a generic test has a file of its own below the YAML file; names that are no file names are hashed', async () => {
    const plain = genericTest('unique', ['daily']);
    const odd = { ...plain, uniqueId: 'test.shop.odd.1', name: `../is "this" ok?${'x'.repeat(300)}` };
    const singular = singularTest('adds_up', ['daily']);
    const manifest = projectOf([DAILY, plain, odd, singular]);
    const files = compiledFiles(
      [plain, odd, singular].map((node) => compiled(node, 'select 1')),
      manifest,
      duckdbDialect,
    );
    const paths = [...files.values()].map(({ path }) => path);
    expect(paths[0]).toBe('target/compiled/shop/models/shop.yml/unique_daily_id.sql');
    expect(paths[1]).toMatch(
      /^target\/compiled\/shop\/models\/shop\.yml\/_\._is__this__ok_x+_[0-9a-f]{10}\.sql$/,
    );
    expect(paths[2]).toBe('target/compiled/shop/test/data/adds_up.sql');
    expect((await writeCompiledFiles(files, manifest)).written).toBe(3);
  });

  test('what was sent stands below target/run', async () => {
    const countries = seed('countries');
    const manifest = projectOf([DAILY, countries]);
    const sent = new Map([
      [DAILY.uniqueId, 'create table x as select 1;\n'],
      [countries.uniqueId, 'create table y (id bigint);\n'],
    ]);
    expect(await writeRunFiles(sent, manifest)).toEqual({ written: 2, removed: 0 });
    expect(existsSync(inRoot('target/run/shop/seeds/countries.csv.sql'))).toBe(true);
    expect(readFileSync(inRoot('target/run/shop/models/marts/daily.sql'), 'utf8')).toBe(
      'create table x as select 1;\n',
    );
  });

  test('five thousand files that did not change are checked in a moment', async () => {
    const models = Array.from({ length: 5_000 }, (_, index) =>
      model(`m${index}`, [], { folder: `f${index % 50}` }),
    );
    const manifest = projectOf([STAGING, ...models]);
    expect((await write(models, manifest)).written).toBe(5_000);
    const started = performance.now();
    expect(await write(models, manifest)).toEqual({ written: 0, removed: 0 });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

test('an artifact is replaced whole, and no scratch file stays', async () => {
  await writeArtifact(root, 'manifest.json', ['{"a"', ':1}']);
  await writeArtifact(root, 'manifest.json', ['{}']);
  expect(readFileSync(inRoot('target/manifest.json'), 'utf8')).toBe('{}');
  expect(existsSync(inRoot(`target/.manifest.json.${process.pid}`))).toBe(false);
});
