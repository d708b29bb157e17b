import type { BatchPartition } from '../landing/batch-manifest.ts';
import type { Compressor } from '../landing/compressor.ts';
import type { Landing } from '../landing/landing.ts';
import type { CsvChunk } from '../landing/part-writer.ts';
import { BatchWriter, headerLine } from '../landing/write-batch.ts';
import type { SeedValue } from './csv-cell.ts';
import type { CsvWriter } from './csv-writer.ts';
import type { SeedContext } from './seed-context.ts';
import { seedError } from './seed-failure.ts';
import type { LoadedSeed } from './seed-module.ts';

/** One partition to generate; `inputs` goes into its manifest. */
export interface GeneratorTask {
  readonly seed: LoadedSeed;
  readonly partition: string;
  readonly inputs: string;
}

/** What was written for one partition. */
export interface GeneratedBatch {
  readonly rows: number;
  readonly csvBytes: number;
}

/** What serves one partition after the other. */
export interface GeneratorTools {
  readonly landing: Landing;
  readonly compressor: Compressor;
  readonly writer: CsvWriter;
  readonly context: SeedContext;
  readonly signal: AbortSignal | undefined;
}

/** Makes the rows of one partition; `written` is fulfilled later, when the batch is visible in the landing zone. */
export async function generateBatch(
  { landing, compressor, writer, context, signal }: GeneratorTools,
  { seed, partition, inputs }: GeneratorTask,
  state: unknown,
): Promise<{ readonly written: Promise<GeneratedBatch> }> {
  const { table, columns } = seed;
  const cut = batchPartition(seed, partition);
  const head = { table, columns, ...(cut !== undefined && { partition: cut }), inputs };
  const batch = new BatchWriter(landing, compressor, head);
  const total = { rows: 0, csvBytes: 0 };
  try {
    for (const chunk of chunksOf(seed, { partition, state }, writer, context)) {
      signal?.throwIfAborted();
      total.rows += chunk.rows;
      total.csvBytes += chunk.bytes.length;
      await batch.add(chunk);
    }
  } catch (error) {
    await batch.abandon();
    throw error;
  }
  return { written: batch.finish().then(() => total) };
}

/** A partition as manifests name it; undefined for a table without. */
export function batchPartition(seed: LoadedSeed, value: string): BatchPartition | undefined {
  if (seed.partition === undefined) return undefined;
  const { column, dateOf } = seed.partition;
  return dateOf === undefined ? { column, value } : { column, value, date_of: dateOf };
}

/** The rows of a partition in chunks. */
function* chunksOf(
  seed: LoadedSeed,
  work: { readonly partition: string; readonly state: unknown },
  writer: CsvWriter,
  context: SeedContext,
): Iterable<CsvChunk> {
  writer.reset();
  writer.line(headerLine(seed.columns));
  let headed = true;
  let rowsTaken = writer.rows;
  // What holds no row is not taken: its place would be that of a chunk that is still being compressed.
  const take = (): readonly CsvChunk[] => {
    const rows = writer.rows - rowsTaken;
    if (rows === 0) return [];
    const chunk = { bytes: writer.take(), rows, headed };
    rowsTaken = writer.rows;
    headed = false;
    return [chunk];
  };
  const steps = begin(seed, work, writer, context);
  while (!nextStep(seed, work.partition, steps)) yield* take();
  yield* take();
}

function begin(...[seed, work, writer, context]: Parameters<typeof stepsOf>): Iterator<undefined> {
  try {
    return stepsOf(seed, work, writer, context)[Symbol.iterator]();
  } catch (error) {
    throw seedError(seed, work.partition, error);
  }
}

function stepsOf(
  { definition }: LoadedSeed,
  { partition, state }: { readonly partition: string; readonly state: unknown },
  writer: CsvWriter,
  context: SeedContext,
): Iterable<undefined> {
  if ('write' in definition) return definition.write(partition, writer, context, state);
  return writeRows(
    definition.rows(partition, context, state),
    Object.keys(definition.columns).length,
    writer,
  );
}

function* writeRows(
  rows: Iterable<readonly SeedValue[]>,
  columns: number,
  writer: CsvWriter,
): Iterable<undefined> {
  for (const row of rows) {
    if (row.length !== columns) throw new Error(`a row of ${row.length} values for ${columns} columns`);
    for (const value of row) writer.value(value);
    writer.endRow();
    if (writer.full) yield;
  }
}

/** True at the end; what a seed throws becomes a diagnostic with its name. */
function nextStep(seed: LoadedSeed, partition: string, steps: Iterator<undefined>): boolean {
  try {
    return steps.next().done === true;
  } catch (error) {
    throw seedError(seed, partition, error);
  }
}
