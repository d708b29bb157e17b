import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { duckdbDialect } from '../../dialect/duckdb/duckdb-dialect.ts';
import type { Session, Warehouse } from '../warehouse.ts';
import { openFailure } from './duckdb-open-failure.ts';
import { DuckdbSession } from './duckdb-session.ts';

/** How much of the machine the engine may take; DuckDB's own defaults are all cores and 80 % of the memory. */
export interface DuckdbOptions {
  readonly threads?: number;
  /** With its unit: `4GB`. */
  readonly memoryLimit?: string;
}

/**
 * Opens a DuckDB file, made with its folders where there is none; `:memory:` is a database of its own.
 * Throws a `DiagnosticError` when another process holds the file, or it is no DuckDB file, or a newer one.
 */
export async function openDuckdb(path: string, options: DuckdbOptions = {}): Promise<Warehouse> {
  const instance = await openInstance(path);
  const warehouse = new DuckdbWarehouse(instance, await versionOf(instance));
  const session = await warehouse.open();
  for (const statement of resourceSettings(options)) await session.execute(statement);
  await session.close();
  return warehouse;
}

/** The library decodes each text as if it were a file, without the byte order mark that it may begin with: it is to keep it. */
async function keepByteOrderMarks(): Promise<void> {
  const { default: accessors } = await import('@duckdb/node-api/lib/vectors/dataAccessors.js');
  Object.assign(accessors, { textDecoder: new TextDecoder('utf-8', { ignoreBOM: true }) });
}

/** Two instances on one file in one process lose data, so the process shares one, whatever the path to it. */
async function openInstance(path: string): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  await keepByteOrderMarks();
  if (path === ':memory:') return DuckDBInstance.create(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    return await DuckDBInstance.fromCache(await withoutLinks(path));
  } catch (error) {
    throw new DiagnosticError([openFailure(path, error)]);
  }
}

async function withoutLinks(path: string): Promise<string> {
  const folder = await realpath(dirname(path));
  return realpath(path).catch(() => join(folder, basename(path)));
}

/** Functions and their results change between DuckDB's minor versions: `1.5`. */
async function versionOf(instance: DuckDBInstance): Promise<string> {
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('select version()');
  connection.closeSync();
  return /\d+\.\d+/.exec(String(reader.getRows()[0]?.[0]))?.[0] ?? 'unknown';
}

function resourceSettings({ threads, memoryLimit }: DuckdbOptions): string[] {
  const settings: string[] = [];
  if (threads !== undefined) settings.push(`set threads = ${duckdbDialect.literal(threads)}`);
  if (memoryLimit !== undefined) settings.push(`set memory_limit = ${duckdbDialect.literal(memoryLimit)}`);
  return settings;
}

class DuckdbWarehouse implements Warehouse {
  readonly dialect = duckdbDialect;
  readonly engineVersion: string;
  readonly #instance: DuckDBInstance;
  readonly #sessions = new Set<Session>();

  constructor(instance: DuckDBInstance, engineVersion: string) {
    this.#instance = instance;
    this.engineVersion = engineVersion;
  }

  async open(): Promise<Session> {
    const session = new DuckdbSession(await this.#instance.connect(), () => this.#sessions.delete(session));
    this.#sessions.add(session);
    for (const statement of ['set errors_as_json = true', ...this.dialect.sessionSettings]) {
      await session.execute(statement);
    }
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    this.#instance.closeSync();
  }
}
