import { compiledPath } from '../compile/compiled-path.ts';
import type { Node } from '../manifest/node.ts';
import type { TestVerdict } from '../store/test-verdict.ts';
import { activityOf } from './event.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';

/** How the tasks of a run ended so far; every end is told as it comes. */
export class TaskEnds {
  readonly results: RunResult[] = [];
  /** Where in the results a task's is, by its id. */
  readonly #places = new Map<string, number>();
  readonly #run: Pick<RunInput, 'dag' | 'tell' | 'clock'>;

  constructor(run: Pick<RunInput, 'dag' | 'tell' | 'clock'>) {
    this.#run = run;
  }

  /** What a task ended with before, if it was repeated, no longer counts. */
  finished(id: string, end: Omit<RunResult, 'uniqueId' | 'name' | 'resourceType'>): void {
    const node = this.#nodeOf(id);
    const { manifest } = this.#run.dag;
    const isCompiled = node.resourceType === 'model' || node.resourceType === 'test';
    const result: RunResult = {
      uniqueId: id,
      name: node.name,
      resourceType: node.resourceType,
      ...('relation' in node && { relation: node.relation }),
      ...(isCompiled && { compiledPath: compiledPath(node, manifest) }),
      ...(node.resourceType === 'test' && this.#testDetails(node, node.attachedTo)),
      ...(node.resourceType === 'unit_test' && this.#testDetails(node, node.model)),
      ...end,
    };
    const place = this.#places.get(id) ?? this.results.length;
    this.#places.set(id, place);
    this.results[place] = result;
    this.#run.tell({ kind: 'node-finished', at: end.finishedAt, activity: activityOf(node), result });
  }

  /** A test's verdict of an earlier run holds. */
  knownBefore(id: string, { verdict, failures }: Pick<TestVerdict, 'verdict' | 'failures'>): void {
    const now = this.#run.clock();
    this.finished(id, {
      status: verdict,
      cached: true,
      failures,
      startedAt: now,
      finishedAt: now,
      thread: 0,
    });
  }

  neverStarted(id: string, status: RunStatus, message: string): void {
    const now = this.#run.clock();
    this.finished(id, { status, message, startedAt: now, finishedAt: now, thread: 0 });
  }

  #testDetails({ span }: Node, of: string | undefined): Pick<RunResult, 'attachedTo' | 'declaredAt'> {
    const attached = of === undefined ? undefined : this.#nodeOf(of).name;
    return { declaredAt: span, ...(attached !== undefined && { attachedTo: attached }) };
  }

  #nodeOf(uniqueId: string): Node {
    const node = this.#run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: the manifest has no "${uniqueId}".`);
    return node;
  }
}
