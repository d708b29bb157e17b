import { beforeAll, describe, expect, test } from 'vitest';
import { compiledFiles } from '../../src/artifact/compiled-files.ts';
import { countQuery } from '../../src/data-test/test-statement.ts';
import { type CompiledProject, compileProject, readProject } from '../../src/index.ts';
import type { SeedNode } from '../../src/manifest/node.ts';
import { seedStatements } from '../../src/seed/seed-statements.ts';
import { readStaticSeed } from '../../src/seed/static-seed.ts';
import { describeEngines, type TestEngine } from '../support/engines.ts';

const PROJECT = new URL('../projects/portable_shop', import.meta.url).pathname;

/** The project as it compiles for an engine; its target's own engine matters to nothing else here. */
async function compiledFor(adapter: string): Promise<CompiledProject> {
  const dag = await readProject({ projectDir: PROJECT, env: {}, projectCode: false }, refuse);
  const { project } = dag.manifest;
  const manifest = { ...dag.manifest, project: { ...project, target: { ...project.target, adapter } } };
  return compileProject({ ...dag, manifest }, { select: [], exclude: [] }, refuse);
}

function refuse(diagnostic: { readonly message: string }): never {
  throw new Error(diagnostic.message);
}

function textsOf({ dag, dialect, models, dataTests }: CompiledProject): ReadonlyMap<string, string> {
  const files = compiledFiles([...models.values(), ...dataTests.values()], dag.manifest, dialect);
  return new Map([...files].map(([id, { text }]) => [id, text]));
}

describe.each(['duckdb', 'postgres'])('A project that is written once', (adapter) => {
  test(`compiles for ${adapter} as a person would type it`, async () => {
    const compiled = await compiledFor(adapter);
    const texts = textsOf(compiled);
    expect(texts.size).toBe(9);
    for (const { node } of compiled.models.values()) {
      const golden = `${PROJECT}/compiled/${adapter}/${node.name}.sql`;
      await expect(texts.get(node.uniqueId)).toMatchFileSnapshot(golden);
    }
  });
});

describeEngines('A project that is written once', (engine) => {
  let compiled: CompiledProject;
  let texts: ReadonlyMap<string, string>;

  beforeAll(async () => {
    compiled = await compiledFor(engine.name);
    texts = textsOf(compiled);
    await engine.session.execute(engine.dialect.createSchema('analytics'));
    for (const node of compiled.dag.manifest.nodes.values())
      if (node.resourceType === 'seed') await buildSeed(engine, node);
  });

  test('gives the same rows of the same types on every engine', async () => {
    const tables: Record<string, unknown> = {};
    for (const id of compiled.dag.order) {
      const node = compiled.models.get(id)?.node;
      if (node === undefined) continue;
      const { dialect, session } = engine;
      await session.execute(dialect.createTableAs(node.relation, texts.get(node.uniqueId) ?? '', {}));
      const { columns, rows } = await session.query(
        `select * from ${dialect.relation(node.relation)} order by 1`,
      );
      tables[node.name] = {
        types: columns.map(({ name, type }) => [name, dialect.parseType(type)?.kind ?? 'another']),
        rows: rows.map((row) => Object.values(row).map(plain)),
      };
    }
    await expect(JSON.stringify(tables, undefined, 2)).toMatchFileSnapshot(`${PROJECT}/compiled/rows.json`);
  });

  test('passes its tests on every engine', async () => {
    for (const { node } of compiled.dataTests.values()) {
      const { rows } = await engine.session.query(countQuery(texts.get(node.uniqueId) ?? '').sql);
      expect([node.name, rows.map((row) => plain(row['failures'] ?? null))]).toEqual([node.name, [0]]);
    }
  });
});

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

async function buildSeed({ dialect, session }: TestEngine, node: SeedNode): Promise<void> {
  const seed = await readStaticSeed(node, refuse);
  if (seed === undefined) throw new Error(`The seed ${node.name} cannot be read.`);
  for (const sql of seedStatements(dialect, node.relation, seed, {})) await session.execute(sql);
}
