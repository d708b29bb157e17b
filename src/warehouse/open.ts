import { setTimeout as sleep } from 'node:timers/promises';
import { missingWarehousePath, unknownAdapter } from '../diagnostic/catalogue/warehouse.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { postgresSettings } from '../project/postgres-settings.ts';
import type { Target } from '../project/project.ts';
import { redshiftSettings } from '../project/redshift-settings.ts';
import type { Warehouse } from './warehouse.ts';

const POLL_MS = 200;

export interface OpenOptions {
  /** How long to wait for a database that another process holds; 0: not at all. */
  readonly waitSeconds: number;
  /** Ends the waiting; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a target's warehouse. Throws a `DiagnosticError` where that fails: the database is held by another process
 * (after waiting), is none, or cannot be reached.
 */
export async function openWarehouse(
  target: Target,
  { waitSeconds, signal }: OpenOptions,
): Promise<Warehouse> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    try {
      return await openerOf(target)(target);
    } catch (error) {
      if (!isHeld(error) || Date.now() + POLL_MS > deadline) throw error;
      await sleep(POLL_MS, undefined, { signal });
    }
  }
}

/** Opens an embedded engine of its own, in memory and empty; what is in it goes when it is closed. */
export async function openInMemory(): Promise<Warehouse> {
  const { openDuckdb } = await import('./duckdb/duckdb-warehouse.ts');
  return openDuckdb(':memory:');
}

/** The version of the embedded engine, as its warehouses have it. */
export async function embeddedEngineVersion(): Promise<string> {
  const { version } = await import('@duckdb/node-api');
  return /\d+\.\d+/.exec(version())?.[0] ?? 'unknown';
}

type Opener = (target: Target) => Promise<Warehouse>;

const OPENERS: Readonly<Record<string, Opener>> = {
  duckdb: openEmbedded,
  postgres: openPostgresServer,
  redshift: openCluster,
};

function openerOf(target: Target): Opener {
  const opener = OPENERS[target.adapter];
  if (opener !== undefined) return opener;
  throw new DiagnosticError([unknownAdapter({ name: target.adapter, candidates: Object.keys(OPENERS) })]);
}

async function openEmbedded({ name, path, settings }: Target): Promise<Warehouse> {
  if (path === undefined) throw new DiagnosticError([missingWarehousePath({ target: name })]);
  const { openDuckdb } = await import('./duckdb/duckdb-warehouse.ts');
  const memoryLimit = settings['memory_limit'];
  return openDuckdb(path, memoryLimit === undefined ? {} : { memoryLimit: String(memoryLimit) });
}

/** Settings of the landing zone stand beside those of the server. */
async function openPostgresServer({ settings, threads }: Target): Promise<Warehouse> {
  const { openPostgres } = await import('./postgres/postgres-warehouse.ts');
  return openPostgres(postgresSettings.strip().parse(settings), { threads });
}

async function openCluster({ settings, threads }: Target): Promise<Warehouse> {
  const { openRedshift } = await import('./redshift/redshift-warehouse.ts');
  return openRedshift(redshiftSettings.strip().parse(settings), { threads });
}

function isHeld(error: unknown): boolean {
  return error instanceof DiagnosticError && error.diagnostics.some(({ code }) => code === 'WHS-003');
}
