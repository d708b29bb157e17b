import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GeneratedSeedNode } from '../../src/manifest/node.ts';
import type { Project } from '../../src/project/project.ts';

/** The parts of a project that generation reads, with the TypeScript files of a seed folder. */
export function seedProject(root: string, landing: string): { project: Project; seeds: GeneratedSeedNode[] } {
  const files = readdirSync(join(root, 'seeds'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `seeds/${name}`;
      const sha256 = createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('hex');
      return { kind: 'generated-seed' as const, path, folders: [], sha256, source: { path, text: '' } };
    });
  const project: Project = {
    name: 'shop',
    root,
    projectFile: { path: 'project.yml', text: '' },
    variables: new Map(),
    target: {
      ...{
        name: 'dev',
        adapter: 'duckdb',
        schema: 'analytics',
        threads: 1,
        landing: { address: landing },
        publishUntested: true,
      },
      settings: {},
    },
    environment: 'default',
    baseEnvironment: undefined,
    environmentVariable: () => ({ kind: 'missing' }),
    folderConfigs: {
      models: { values: {}, folders: {} },
      seeds: { values: {}, folders: {} },
      data_tests: { values: {}, folders: {} },
    },
    deterministicFunctions: [],
    folders: ['models', 'seeds', 'macros', 'tests'],
    retireAfterDays: undefined,
    files,
  };
  const seeds = files.map(({ path, sha256, source }) => {
    const name = path.slice('seeds/'.length, -'.ts'.length);
    return {
      ...{
        resourceType: 'generated_seed' as const,
        uniqueId: `generated_seed.shop.${name}`,
        name,
        path,
        sha256,
      },
      ...{ fqn: ['shop', name], description: '', tags: [], meta: {} },
      span: { source, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
    };
  });
  return { project, seeds };
}

/** A folder of its own for one test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelwright-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
