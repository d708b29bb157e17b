import type { SeedValue } from './csv-cell.ts';
import type { CsvWriter } from './csv-writer.ts';
import type { SeedContext } from './seed-context.ts';

/** How a generated table is cut: by a column, or by the date of a timestamp column (`dateOf`). */
export interface SeedPartition {
  readonly column: string;
  readonly dateOf?: string;
}

interface SeedBase<State> {
  /** Column names and portable types, in the order of the table: `{ event_id: 'varchar', event_ts: 'timestamp' }`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly partition?: SeedPartition;
  /** The values of the partitions, each a unit of work; required with `partition`. */
  readonly partitions?: (context: SeedContext) => readonly string[];
  /** What all partitions need, derived once before the first of them; must depend on the context alone. */
  readonly prepare?: (context: SeedContext) => State | Promise<State>;
}

/** A seed that hands over rows, each a value a column. Comfortable; for up to about a million rows. */
export interface RowSeed<State> extends SeedBase<State> {
  /** The rows of one partition (`''` where the table has none). */
  readonly rows: (partition: string, context: SeedContext, state: State) => Iterable<readonly SeedValue[]>;
}

/** A seed that writes cells itself, for many millions of rows. */
export interface CellSeed<State> extends SeedBase<State> {
  /** Writes one partition; must `yield` between two rows whenever `writer.full`, so that memory stays bounded. */
  readonly write: (
    partition: string,
    writer: CsvWriter,
    context: SeedContext,
    state: State,
  ) => Iterable<undefined>;
}

/** A generated seed: the default export of a TypeScript file below the seed paths; the file's name is the table's. */
export type SeedDefinition<State = undefined> = RowSeed<State> | CellSeed<State>;

/**
 * Declares a generated seed. What it writes must be a function of the context alone:
 * no clock, no `Math.random`, no state that one partition leaves for the next.
 */
export function defineSeed<State = undefined>(seed: SeedDefinition<State>): SeedDefinition<State> {
  return seed;
}
