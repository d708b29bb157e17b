import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { GeneratedSeedNode, SourceNode } from '../manifest/node.ts';
import type { Activity } from './event.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';

/** Follows one table while it is generated or loaded, and tells of it. */
export class TableWatch<N extends GeneratedSeedNode | SourceNode> {
  rows = 0;
  readonly #input: Pick<RunInput, 'tell' | 'clock'>;
  readonly #activity: Activity;
  readonly #node: N;
  readonly #createdAt: Date;
  #startedAt: Date | undefined;

  constructor(input: Pick<RunInput, 'tell' | 'clock'>, activity: Activity, node: N) {
    this.#input = input;
    this.#activity = activity;
    this.#node = node;
    this.#createdAt = input.clock();
  }

  progress(rowsDone: number, rowsTotal?: number): void {
    const at = this.#input.clock();
    const startedAt = this.#start(at);
    this.rows = rowsDone;
    const seconds = Math.max(0.001, (at.getTime() - startedAt.getTime()) / 1000);
    const known = rowsTotal !== undefined && { rowsTotal };
    const rate = { rowsDone, ...known, rowsPerSecond: rowsDone / seconds };
    this.#input.tell({ kind: 'node-progress', at, ...this.#of(), ...rate });
  }

  /** The table is done; one that had nothing new is reused. */
  finish({ changed, rows }: { readonly changed: boolean; readonly rows: number }): RunResult {
    return this.#end(changed ? 'success' : 'reused', { rows });
  }

  fail(diagnostic: Diagnostic): RunResult {
    return this.#end('error', { message: diagnostic.message, diagnostic });
  }

  #start(at: Date): Date {
    if (this.#startedAt === undefined) {
      this.#startedAt = at;
      this.#input.tell({ kind: 'node-started', at, ...this.#of(), thread: 1 });
    }
    return this.#startedAt;
  }

  #end(status: RunStatus, details: Partial<RunResult>): RunResult {
    const finishedAt = this.#input.clock();
    const { uniqueId, name, resourceType } = this.#node;
    const result: RunResult = {
      uniqueId,
      name,
      resourceType,
      status,
      startedAt: this.#startedAt ?? this.#createdAt,
      finishedAt,
      thread: status === 'reused' ? 0 : 1,
      ...(this.#node.resourceType === 'source' && { relation: this.#node.relation }),
      ...details,
    };
    this.#input.tell({ kind: 'node-finished', at: finishedAt, activity: this.#activity, result });
    return result;
  }

  #of() {
    const { uniqueId, name, resourceType } = this.#node;
    return { uniqueId, name, resourceType, activity: this.#activity };
  }
}
