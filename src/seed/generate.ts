import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { partsNotRemoved } from '../diagnostic/catalogue/landing.ts';
import { type Diagnostic, DiagnosticError, type Report, stopOnErrors } from '../diagnostic/diagnostic.ts';
import { batchPath } from '../landing/batch-manifest.ts';
import type { LandedBatch, Landing } from '../landing/landing.ts';
import { openLanding } from '../landing/open-landing.ts';
import { writeBatch } from '../landing/write-batch.ts';
import type { GeneratedSeedNode } from '../manifest/node.ts';
import type { Project } from '../project/project.ts';
import type { GeneratorTask } from './generate-batch.ts';
import { type GenerationMarker, readMarker, writeMarker } from './generation-marker.ts';
import { type GenerateProgress, GenerationTally } from './generation-tally.ts';
import { runTasks } from './run-tasks.ts';
import { type SeedOptions, seedContext } from './seed-context.ts';
import { batchPartition, type LoadedSeed, loadSeedModule, partitionsOf } from './seed-module.ts';
import { isIsoDate, resolveSeedOptions } from './seed-options.ts';

/** What a generation needs; its landing zone is the target's. */
export interface GenerateInput {
  readonly project: Project;
  readonly seeds: readonly GeneratedSeedNode[];
  /** Options given by the user; without any, a landing zone that was generated before keeps its own, else the preset `demo` counts. The last day is that of before, else the project's `as_of_date`, else the preset's. */
  readonly options: Partial<SeedOptions>;
  /** Threads that make rows; without it, as many as the target and the machine have, where there is work for them. */
  readonly threads?: number | undefined;
  /** False refuses to run the project's TypeScript. */
  readonly projectCode?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
  /** Told what went wrong and does not spoil what was generated. */
  readonly warn?: Report;
}

/** What a generation did; all numbers count what was written now. */
export interface GenerateResult {
  readonly options: SeedOptions;
  /** Nothing had to be written. */
  readonly unchanged: boolean;
  readonly batchesWritten: number;
  readonly batchesKept: number;
  /** Partitions of a former generation that are no more: their batches are empty now. */
  readonly batchesEmptied: number;
  readonly rows: number;
  /** Of CSV. */
  readonly bytes: number;
}

/** Each takes memory of its own. */
const MOST_THREADS = 4;
/** A generation of fewer users' days is over before another thread has started. */
const WORTH_THREADS = 1_000_000;

/**
 * Writes the batches of generated seeds that are not in the landing zone already. A batch is kept when it was made from the
 * same inputs: the generators' code, the options, our version. An interrupted generation goes on where it was.
 */
export async function generate(input: GenerateInput): Promise<GenerateResult> {
  const landing = await openLanding(input.project.target.landing);
  const marker = await readMarker(landing);
  const options = chooseOptions(input, marker);
  const inputs = await inputsHash(input.project, options);
  const tables = input.seeds.filter(isSeed).map((seed) => seed.name);
  const nothing = { options, batchesWritten: 0, batchesKept: 0, batchesEmptied: 0, rows: 0, bytes: 0 };
  if (await isComplete(landing, marker, inputs, tables)) return { ...nothing, unchanged: true };

  const seeds = await Promise.all(input.seeds.filter(isSeed).map((seed) => loadSeed(input, seed)));
  const plans = await Promise.all(seeds.map((seed) => planTable(landing, seed, marker, inputs, options)));
  await writeMarker(landing, nextMarker(marker, options, inputs, plans, false));
  for (const plan of plans) await emptyBatches(landing, plan, inputs);
  const tasks = plans.flatMap((plan) => plan.tasks);
  const tally = new GenerationTally(
    plans.map(({ seed, tasks }) => ({ table: seed.table, batches: tasks.length })),
    input.onProgress,
  );
  const threads = input.threads ?? defaultThreads(input.project.target.threads, options);
  const done = tally.add.bind(tally);
  await runTasks({ landing, options, threads, done, signal: input.signal }, tasks);
  await writeMarker(landing, nextMarker(marker, options, inputs, plans, true));
  const unremoved = landing.unremoved();
  if (unremoved !== undefined) input.warn?.(partsNotRemoved({ address: landing.address, ...unremoved }));
  const emptied = plans.reduce((sum, plan) => sum + plan.stale.length, 0);
  return {
    ...{
      options,
      unchanged: tasks.length + emptied === 0,
      batchesWritten: tasks.length,
      batchesEmptied: emptied,
    },
    batchesKept: plans.reduce((sum, plan) => sum + plan.partitions.length - plan.tasks.length, 0),
    ...tally.total(),
  };
}

/** A seed file whose name begins with `_` is a module of other seeds. */
function isSeed(seed: GeneratedSeedNode): boolean {
  return !seed.name.startsWith('_');
}

function loadSeed({ project, projectCode }: GenerateInput, seed: GeneratedSeedNode): Promise<LoadedSeed> {
  return loadSeedModule({ table: seed.name, root: project.root, path: seed.path }, projectCode);
}

/** What the user does not say stays as it was; the first generation ends on the project's `as_of_date`, where it has one. */
function chooseOptions(
  { options: given, project }: GenerateInput,
  marker: GenerationMarker | undefined,
): SeedOptions {
  const isGiven = Object.values(given).some((value) => value !== undefined);
  const problems: Diagnostic[] = [];
  const asOf = marker?.options.asOf ?? project.variables.get('as_of_date')?.value;
  const wanted =
    isGiven || marker === undefined ? { ...(isIsoDate(asOf) && { asOf }), ...given } : marker.options;
  const options = resolveSeedOptions(wanted, (problem) => problems.push(problem));
  stopOnErrors(problems);
  if (options === undefined) throw new DiagnosticError(problems);
  return options;
}

/** Hash of all that a batch's bytes may depend on. The preset's name is not among it: only its numbers count. */
async function inputsHash(project: Project, { seed, days, users, asOf }: SeedOptions): Promise<string> {
  const code = project.files
    .filter((file) => file.kind === 'generated-seed')
    .map((file) => [file.path, file.sha256])
    .sort();
  const parts = [await ourVersion(), code, seed, days, users, asOf];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function ourVersion(): Promise<string> {
  const file = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version;
}

/** The marker says complete, and every batch that it knows of is still visible. */
async function isComplete(
  landing: Landing,
  marker: GenerationMarker | undefined,
  inputs: string,
  tables: readonly string[],
): Promise<boolean> {
  for (const table of tables) {
    const made = marker?.tables[table];
    if (made === undefined || !made.complete || made.inputs !== inputs) return false;
    const visible = new Set(await landing.paths(table));
    if (made.partitions.some((path) => !visible.has(path))) return false;
  }
  return true;
}

/** What is to be done for one table. */
interface TablePlan {
  readonly seed: LoadedSeed;
  readonly partitions: readonly string[];
  readonly tasks: readonly GeneratorTask[];
  /** Paths of batches that must become empty: partitions of a former generation, or the table's own. */
  readonly stale: readonly string[];
}

async function planTable(
  landing: Landing,
  seed: LoadedSeed,
  marker: GenerationMarker | undefined,
  inputs: string,
  options: SeedOptions,
): Promise<TablePlan> {
  const { table } = seed;
  const partitions = await partitionsOf(seed, seedContext(options));
  const paths = new Set(partitions.map((value) => batchPath(table, batchPartition(seed, value))));
  // A manifest that cannot be read is no batch: its partition is written again.
  const landed = new Map((await landing.batches(table, () => undefined)).map((batch) => [batch.path, batch]));
  const tasks = partitions
    .filter((value) => !isUpToDate(landed.get(batchPath(table, batchPartition(seed, value))), inputs))
    .map((partition) => ({ seed, partition, inputs }));
  const former = new Set([...(marker?.tables[table]?.partitions ?? []), ...generatedPaths(landed)]);
  // Without any partition the table is one empty batch: it has columns, and models read no rows.
  if (partitions.length === 0) former.add(batchPath(table, undefined));
  const stale = [...former].filter((path) => !paths.has(path) && !isEmptied(landed.get(path), inputs));
  return { seed, partitions, tasks, stale };
}

function isUpToDate(batch: LandedBatch | undefined, inputs: string): boolean {
  return batch !== undefined && batch.manifest.inputs === inputs;
}

function isEmptied(batch: LandedBatch | undefined, inputs: string): boolean {
  return isUpToDate(batch, inputs) && batch?.manifest.entries.length === 0;
}

/** Batches that a generator wrote; what others landed there is not ours to empty. */
function generatedPaths(landed: ReadonlyMap<string, LandedBatch>): readonly string[] {
  return [...landed].filter(([, { manifest }]) => manifest.inputs !== undefined).map(([path]) => path);
}

/** An empty batch tells the next load to remove the partition's rows. */
async function emptyBatches(landing: Landing, { seed, stale }: TablePlan, inputs: string): Promise<void> {
  for (const path of stale) {
    const value = decodeURIComponent(path.slice(path.indexOf('=') + 1));
    const partition = path.includes('=') ? batchPartition(seed, value) : undefined;
    const head = {
      table: seed.table,
      columns: seed.columns,
      inputs,
      ...(partition !== undefined && { partition }),
    };
    await writeBatch(landing, head, []);
  }
}

function nextMarker(
  former: GenerationMarker | undefined,
  options: SeedOptions,
  inputs: string,
  plans: readonly TablePlan[],
  complete: boolean,
): GenerationMarker {
  const tables = { ...former?.tables };
  for (const { seed, partitions, stale } of plans) {
    const paths = partitions.map((value) => batchPath(seed.table, batchPartition(seed, value)));
    const known = new Set([...paths, ...stale, ...(former?.tables[seed.table]?.partitions ?? [])]);
    tables[seed.table] = { inputs, complete, partitions: [...known].sort() };
  }
  return { version: 1, options, tables };
}

function defaultThreads(threads: number, { users, days }: SeedOptions): number {
  return users * days < WORTH_THREADS ? 1 : Math.min(availableParallelism(), threads, MOST_THREADS);
}
