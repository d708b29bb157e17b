import type { GeneratorTask } from './generate-batch.ts';
import type { GeneratedBatch } from './run-tasks.ts';

/** How far a table is: rows and bytes of CSV written, and batches done out of all that are to be written. */
export interface GenerateProgress {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly batches: number;
  readonly batchesTotal: number;
}

/** Counts what is written, by table. */
export class GenerationTally {
  readonly #tables: Map<string, GenerateProgress>;
  readonly #tell: ((progress: GenerateProgress) => void) | undefined;

  constructor(
    plans: readonly { readonly table: string; readonly batches: number }[],
    tell: ((progress: GenerateProgress) => void) | undefined,
  ) {
    this.#tell = tell;
    this.#tables = new Map(
      plans.map(({ table, batches }) => [
        table,
        { table, rows: 0, bytes: 0, batches: 0, batchesTotal: batches },
      ]),
    );
  }

  add({ seed: { table } }: GeneratorTask, batch: GeneratedBatch): void {
    const before = this.#tables.get(table);
    if (before === undefined) return;
    const progress = {
      ...before,
      rows: before.rows + batch.rows,
      bytes: before.bytes + batch.csvBytes,
      batches: before.batches + 1,
    };
    this.#tables.set(table, progress);
    this.#tell?.(progress);
  }

  total(): { readonly rows: number; readonly bytes: number } {
    const tables = [...this.#tables.values()];
    return {
      rows: tables.reduce((sum, table) => sum + table.rows, 0),
      bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
    };
  }
}
