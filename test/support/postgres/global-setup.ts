import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the PostgreSQL server of this run is to be, and the process that it serves. */
    readonly postgres: { readonly folder: string; readonly owner: number };
  }
}

/** Gives a run of vitest a place for its PostgreSQL server, which the first test that needs it starts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'model-pg-'));
  project.provide('postgres', { folder, owner: process.pid });
  return () => stopCluster(folder);
}
