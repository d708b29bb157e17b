import type { GeneratedSeedNode } from '../manifest/node.ts';
import type { Project } from '../project/project.ts';
import type { SeedOptions } from './seed-context.ts';

/** What a generation needs; its landing zone is the target's. */
export interface GenerateInput {
  readonly project: Project;
  readonly seeds: readonly GeneratedSeedNode[];
  /** Options given by the user; without any, a complete generation keeps its own, else the preset `demo` counts. */
  readonly options: Partial<SeedOptions>;
  /** Threads that generate; 0 generates in this one. The bytes do not depend on it. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** How far a table is: rows and bytes of CSV written, and batches done out of all. */
export interface GenerateProgress {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly batches: number;
  readonly batchesTotal: number;
}

/** What a generation did; all numbers count what was written now. */
export interface GenerateResult {
  readonly options: SeedOptions;
  /** Nothing had to be written. */
  readonly unchanged: boolean;
  readonly batchesWritten: number;
  readonly batchesKept: number;
  readonly batchesEmptied: number;
  readonly rows: number;
  readonly bytes: number;
}
