import { setImmediate as laterTurn } from 'node:timers/promises';
import { type CsvChunk, type Part, PartCutter } from '../landing/part-cutter.ts';
import type { PartSize } from '../landing/part-size.ts';
import { type BatchHead, headerLine } from '../landing/write-batch.ts';
import type { SeedValue } from './csv-cell.ts';
import type { CsvWriter } from './csv-writer.ts';
import type { SeedContext } from './seed-context.ts';
import { seedError } from './seed-failure.ts';
import { batchPartition, type LoadedSeed } from './seed-module.ts';

/** One partition to generate; `inputs` goes into its manifest. */
export interface GeneratorTask {
  readonly seed: LoadedSeed;
  readonly partition: string;
  readonly inputs: string;
}

/** Where a batch goes as it is made. */
export interface BatchSink {
  /** Fulfilled when the parts are stored. */
  store(parts: readonly Part[]): Promise<void>;
  /** Makes the batch visible; called once, when all of its parts have been given, not when they are stored. */
  publish(): Promise<void>;
  /** Fulfilled when nothing of the batch is being written any more, after a failure. */
  abandon(): Promise<void>;
}

/** What serves one partition after the other. */
export interface GeneratorTools {
  readonly writer: CsvWriter;
  readonly context: SeedContext;
  readonly size: PartSize;
  readonly signal: AbortSignal | undefined;
}

/** What a task's batch is, but for its rows. */
export function batchHead({ seed, partition, inputs }: GeneratorTask): BatchHead {
  const cut = batchPartition(seed, partition);
  return { table: seed.table, columns: seed.columns, ...(cut !== undefined && { partition: cut }), inputs };
}

/**
 * Makes one partition; `published` is fulfilled later, when the batch is visible. Parts are stored while the next ones
 * are made, never more of them than are filled at the same time.
 */
export async function generateBatch(
  { writer, context, size, signal }: GeneratorTools,
  { seed, partition }: GeneratorTask,
  state: unknown,
  sink: BatchSink,
): Promise<{ readonly published: Promise<void> }> {
  const cutter = new PartCutter(headerLine(seed.columns), size);
  let stored = Promise.resolve();
  const store = async (parts: readonly Part[]) => {
    if (parts.length === 0) return;
    await stored;
    stored = sink.store(parts);
    stored.catch(() => undefined);
  };
  try {
    for (const chunk of chunksOf(seed, { partition, state }, writer, context)) {
      signal?.throwIfAborted();
      await store(cutter.add(chunk));
      // A progress line, Ctrl-C and the answers of a landing zone get their turn.
      await laterTurn();
    }
    await store(cutter.end());
  } catch (error) {
    await sink.abandon();
    throw error;
  }
  return { published: sink.publish() };
}

/** The rows of a partition in chunks; one is overwritten when the next is asked for. */
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
  const take = (): CsvChunk => {
    const chunk = { bytes: writer.take(), rows: writer.rows - rowsTaken, headed };
    rowsTaken = writer.rows;
    headed = false;
    return chunk;
  };
  const steps = begin(seed, work, writer, context);
  while (!nextStep(seed, work.partition, steps)) yield take();
  yield take();
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
