import { notASeed, seedFailed } from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { formatColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { BatchColumn } from '../landing/batch-manifest.ts';
import { moduleLoader } from '../project/typescript-module.ts';
import type { SeedDefinition, SeedPartition } from './define-seed.ts';
import { seedApi } from './seed-api.ts';
import type { SeedContext } from './seed-context.ts';

/** A generated seed as its module declares it, checked. */
export interface LoadedSeed {
  readonly table: string;
  /** From the project root. */
  readonly path: string;
  readonly columns: readonly BatchColumn[];
  readonly partition: SeedPartition | undefined;
  readonly definition: SeedDefinition<unknown>;
}

/** Where a seed's module is. */
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
  return { table, path, columns, partition, definition };
}

async function importModule(root: string, path: string, allowed: boolean) {
  const problems: Diagnostic[] = [];
  const load = moduleLoader({ root, allowed, library: async () => seedApi });
  const module = await load(path, (problem) => problems.push(problem));
  if (module === undefined) throw new DiagnosticError(problems);
  return module;
}

/** The partition values of a seed, in order; one `''` where it has none. */
export function partitionsOf(seed: LoadedSeed, context: SeedContext): readonly string[] {
  try {
    const values = seed.definition.partitions?.(context) ?? [''];
    return [...new Set(values)].sort();
  } catch (error) {
    throw seedFailure(seed, '', error);
  }
}

/** What the partitions of a seed share, derived by its own code; undefined where it has nothing of the kind. */
export async function preparedState(seed: LoadedSeed, context: SeedContext): Promise<unknown> {
  try {
    return await seed.definition.prepare?.(context);
  } catch (error) {
    throw seedFailure(seed, '', error);
  }
}

/** What a seed's own code threw, as a diagnostic at the line of its file that threw it. */
export function seedFailure({ path }: LoadedSeed, partition: string, error: unknown): DiagnosticError {
  const reason = messageOf(error).split('\n')[0] ?? '';
  return new DiagnosticError([seedFailed({ span: placeInStack(path, error), partition, reason })]);
}

function placeInStack(path: string, error: unknown): Span {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const after = stack.split(`/${path}:`)[1] ?? '';
  const [, line = '1', column = '1'] = /^(\d+):(\d+)/.exec(after) ?? [];
  const start = { line: Number(line), column: Number(column) };
  return { source: { path, text: '' }, start, end: start };
}

/** What went wrong, in the words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
