import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Part } from '../landing/part-cutter.ts';
import type { TaskSetup } from './make-batches.ts';
import type { SeedModule } from './seed-module.ts';
import type { TaskQueue } from './task-queue.ts';

/** What a thread that makes batches is told when it starts. */
export interface GeneratorWork {
  readonly setup: TaskSetup;
  readonly queue: TaskQueue;
  readonly seeds: readonly SeedModule[];
  /** A task names its seed by its place. */
  readonly tasks: readonly { readonly seed: number; readonly partition: string }[];
}

/** What it says: parts to store, or the end of a task's batch, both of which are answered by their `id`; or that it failed. */
export type GeneratorMessage =
  | { readonly kind: 'parts'; readonly id: number; readonly task: number; readonly parts: readonly Part[] }
  | { readonly kind: 'publish'; readonly id: number; readonly task: number }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'finished' };
