import type { Relation } from '../dialect/relation.ts';
import { hashOf } from '../store/hash.ts';
import type { Version } from '../store/version.ts';
import { nodeKey, nodeStep } from './node-step.ts';
import type { NodeStep, Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import { sourcesBehind } from './sources-behind.ts';

/**
 * The stand-ins that a run has come to use, for nodes with `on_error: continue` that could not be built. What
 * reads one is another version than was planned, so it is planned anew, as if the node that failed had not been selected:
 * mostly the version is there, and is reused.
 */
export class StandIns {
  readonly relations = new Map<string, Relation>();
  readonly #input: PlanInput & { readonly plan: Plan };
  readonly #versions: ReadonlyMap<string, Version>;
  /** Keys other than the planned ones: of nodes, and of sources that others have changed. */
  readonly #keys = new Map<string, string>();

  constructor(input: PlanInput & { readonly plan: Plan }, versions: ReadonlyMap<string, Version>) {
    this.#input = input;
    this.#versions = versions;
  }

  /** Gives a source another key, and so the live views that show its rows. */
  moved(source: string, key: string): void {
    const { run, live, plan } = this.#input;
    this.#keys.set(source, key);
    for (const view of run.dag.order) {
      if (!live.has(view) || !sourcesBehind(run.dag, live, view).has(source)) continue;
      const standIn = this.relations.has(view) ? plan.continuing.get(view) : undefined;
      if (standIn !== undefined) this.#keys.set(view, this.#keyOfShown(view, standIn.key));
      else if (plan.given.has(view)) this.#keys.set(view, this.#keyOfShown(view, plan.keys.get(view) ?? ''));
      else this.stepOf(view);
    }
  }

  /** Puts a node's stand-in in its place; false where it has none. */
  use(uniqueId: string): boolean {
    const standIn = this.#input.plan.continuing.get(uniqueId);
    if (standIn === undefined) return false;
    this.relations.set(uniqueId, standIn.relation);
    this.#keys.set(uniqueId, this.#keyOfShown(uniqueId, standIn.key));
    return true;
  }

  /** The key that was planned for what is published; of a live view, with the sources behind it that have moved since. */
  #keyOfShown(uniqueId: string, planned: string): string {
    const { run, live } = this.#input;
    if (!live.has(uniqueId)) return planned;
    const moved = [...sourcesBehind(run.dag, live, uniqueId).keys()].sort().flatMap((source) => {
      const key = this.#keys.get(source);
      return key === undefined ? [] : [[source, key]];
    });
    return moved.length === 0 ? planned : hashOf([planned, moved]);
  }

  /** The step of a node over what the run has made of its inputs. */
  stepOf(uniqueId: string): NodeStep | undefined {
    const { plan, run } = this.#input;
    const planned = plan.nodes.get(uniqueId);
    if (planned === undefined || !planned.compiled?.reads.some((read) => this.#keys.has(read)))
      return planned;
    const key = nodeKey(run, planned, (read) => this.#keyOf(read), plan.tokens[uniqueId]);
    this.#keys.set(uniqueId, key);
    const relationOf = (read: string) => this.relationOf(read);
    return nodeStep(this.#input, planned, key, { relationOf, sourceTokens: plan.sourceTokens });
  }

  /** The relation that stands for a node or source in this run; undefined while it is not built. */
  relationOf(uniqueId: string): Relation | undefined {
    const version = this.#versions.get(uniqueId)?.relation;
    return version ?? this.relations.get(uniqueId) ?? this.#input.plan.given.get(uniqueId);
  }

  #keyOf(uniqueId: string): string {
    return this.#keys.get(uniqueId) ?? this.#input.plan.keys.get(uniqueId) ?? '';
  }
}
