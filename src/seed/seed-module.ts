import { notASeed } from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import { formatColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { BatchColumn, BatchPartition } from '../landing/batch-manifest.ts';
import { moduleLoader } from '../project/typescript-module.ts';
import type { SeedDefinition, SeedPartition } from './define-seed.ts';
import { seedApi } from './seed-api.ts';
import type { SeedContext } from './seed-context.ts';
import { seedCode } from './seed-failure.ts';

/** A generated seed as its module declares it, checked. */
export interface LoadedSeed extends SeedModule {
  readonly columns: readonly BatchColumn[];
  readonly partition: SeedPartition | undefined;
  readonly definition: SeedDefinition<unknown>;
}

/** Where a seed's module is; `path` is from the project's root. */
export interface SeedModule {
  readonly table: string;
  readonly root: string;
  readonly path: string;
}

/** Imports a seed's module and checks what it declares; throws a DiagnosticError that names the file. */
export async function loadSeedModule({ table, root, path }: SeedModule, allowed = true): Promise<LoadedSeed> {
  const span = spanAt({ path, text: '' }, 0);
  const module = await importModule(root, path, allowed);
  const refuse = (problem: string) => new DiagnosticError([notASeed({ span, problem })]);
  const definition = module['default'];
  if (!isDefinition(definition)) {
    throw refuse('its default export is no object with `columns` and either `rows` or `write`');
  }
  const columns = Object.entries(definition.columns).map(([name, text]) => {
    const type = parseColumnType(String(text));
    if (type === undefined) throw refuse(`"${text}" is not a type that column "${name}" can have`);
    return { name, type: formatColumnType(type) };
  });
  const { partition } = definition;
  if ((partition === undefined) !== (definition.partitions === undefined)) {
    throw refuse('`partition` and `partitions` belong together');
  }
  const cutBy = partition?.dateOf ?? partition?.column;
  if (cutBy !== undefined && !columns.some((column) => column.name === cutBy)) {
    throw refuse(`it is partitioned by "${cutBy}", which is none of its columns`);
  }
  return { table, root, path, columns, partition, definition };
}

async function importModule(root: string, path: string, allowed: boolean) {
  const problems: Diagnostic[] = [];
  const load = moduleLoader({ root, allowed, library: async () => seedApi });
  const module = await load(path, (problem) => problems.push(problem));
  if (module === undefined) throw new DiagnosticError(problems);
  return module;
}

/** The partition values of a seed, in order; one `''` where it has none. */
export async function partitionsOf(seed: LoadedSeed, context: SeedContext): Promise<readonly string[]> {
  return seedCode(seed, '', () => [...new Set(seed.definition.partitions?.(context) ?? [''])].sort());
}

/** What the partitions of a seed share, derived by its own code; undefined where it has nothing of the kind. */
export async function preparedState(seed: LoadedSeed, context: SeedContext): Promise<unknown> {
  return seedCode(seed, '', () => seed.definition.prepare?.(context));
}

/** A partition as manifests name it; undefined for a table without. */
export function batchPartition(seed: LoadedSeed, value: string): BatchPartition | undefined {
  if (seed.partition === undefined) return undefined;
  const { column, dateOf } = seed.partition;
  return dateOf === undefined ? { column, value } : { column, value, date_of: dateOf };
}

function isDefinition(value: unknown): value is SeedDefinition<unknown> {
  if (typeof value !== 'object' || value === null || !('columns' in value)) return false;
  const { columns } = value;
  const writes = ('rows' in value && isFunction(value.rows)) || ('write' in value && isFunction(value.write));
  return writes && typeof columns === 'object' && columns !== null && Object.keys(columns).length > 0;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
