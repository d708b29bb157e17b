import { compiledPath } from '../compile/compiled-path.ts';
import type { DataTestNode, Node } from '../manifest/node.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';

/** How the tasks of a run ended so far; every end is told as it comes. */
export class TaskEnds {
  readonly results: RunResult[] = [];
  readonly #run: Pick<RunInput, 'dag' | 'tell' | 'clock'>;

  constructor(run: Pick<RunInput, 'dag' | 'tell' | 'clock'>) {
    this.#run = run;
  }

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
      ...(node.resourceType === 'test' && this.#testDetails(node)),
      ...end,
    };
    this.results.push(result);
    const activity = node.resourceType === 'test' ? 'test' : 'build';
    this.#run.tell({ kind: 'node-finished', at: end.finishedAt, activity, result });
  }

  neverStarted(id: string, status: RunStatus, message: string): void {
    const now = this.#run.clock();
    this.finished(id, { status, message, startedAt: now, finishedAt: now, thread: 0 });
  }

  #testDetails(node: DataTestNode): Pick<RunResult, 'attachedTo' | 'declaredAt'> {
    const attached = node.attachedTo === undefined ? undefined : this.#nodeOf(node.attachedTo).name;
    return { declaredAt: node.span, ...(attached !== undefined && { attachedTo: attached }) };
  }

  #nodeOf(uniqueId: string): Node {
    const node = this.#run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: the manifest has no "${uniqueId}".`);
    return node;
  }
}
