import type { CompiledNode } from '../compile/compiled-node.ts';
import { changedUpstream, unpublishedUpstream } from '../diagnostic/catalogue/run.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Relation } from '../dialect/relation.ts';
import type { BuildableNode, DataTestNode, ModelNode, Node } from '../manifest/node.ts';
import { materializationOf } from '../materialize/registry.ts';
import { publishedEntry, reusableVersion, type StoreState } from '../store/store-state.ts';
import type { Version } from '../store/version.ts';
import { shapingConfig, testKey, versionKey } from '../store/version-key.ts';
import type { RunInput } from './run-input.ts';

/** A plan says what a run will do with each selected node, before anything is sent that changes the warehouse. */
export interface Plan {
  /** Models and static seeds to build or reuse, by unique id, in topological order. */
  readonly nodes: ReadonlyMap<string, NodeStep>;
  readonly tests: ReadonlyMap<string, TestStep>;
  /** What the run does not build but reads: sources and unselected nodes, by unique id. */
  readonly given: ReadonlyMap<string, Relation>;
  /** Salts of non-deterministic nodes, tokens of sources without one: a rerun after a failure inherits them. */
  readonly tokens: Readonly<Record<string, string>>;
}

export type NodeStep = BuildStep | ReuseStep;

/** The node has no version of this key yet. */
export interface BuildStep {
  readonly kind: 'build';
  readonly node: BuildableNode;
  readonly key: string;
  /** Compiled SQL of a model; undefined for a static seed. */
  readonly compiled: CompiledNode<ModelNode> | undefined;
}

export interface ReuseStep extends Omit<BuildStep, 'kind'> {
  readonly kind: 'reuse';
  readonly version: Version;
}

export interface TestStep {
  readonly compiled: CompiledNode<DataTestNode>;
  readonly key: string;
  /** It has passed before, on the same data. */
  readonly passed: boolean;
  /** Its verdict holds for the next run too. */
  readonly cacheable: boolean;
}

/** What planning knows beside the project: the store, the tokens of sources, and which views are live. */
export interface PlanInput {
  readonly run: RunInput;
  readonly state: StoreState;
  readonly sourceTokens: ReadonlyMap<string, string>;
  readonly live: ReadonlySet<string>;
}

/** Plans a run: the key of every selected node, whether a version of it is there, and what unselected nodes mean. */
export function planRun(input: PlanInput, report: Report): Plan {
  const drafting = new Draft(input, report);
  const { dag, selection, options } = input.run;
  for (const uniqueId of dag.order) {
    if (!selection.nodes.has(uniqueId)) continue;
    const node = dag.manifest.nodes.get(uniqueId);
    if (node !== undefined && options.builds && isBuilt(node)) drafting.addNode(node);
  }
  if (options.tests) for (const test of input.run.dataTests.values()) drafting.addTest(test);
  return drafting.plan;
}

/** Whether a node becomes a version of its own. */
export function isBuilt(node: Node): node is BuildableNode {
  if (node.resourceType === 'seed') return true;
  return node.resourceType === 'model' && node.config.materialized !== 'ephemeral';
}

/** A plan in the making: keys and relations of what has been planned so far. */
class Draft {
  readonly #input: PlanInput;
  readonly #report: Report;
  readonly #nodes = new Map<string, NodeStep>();
  readonly #tests = new Map<string, TestStep>();
  readonly #given = new Map<string, Relation>();
  readonly #keys = new Map<string, string>();
  readonly #tokens: Record<string, string> = {};

  constructor(input: PlanInput, report: Report) {
    this.#input = input;
    this.#report = report;
  }

  get plan(): Plan {
    return { nodes: this.#nodes, tests: this.#tests, given: this.#given, tokens: this.#tokens };
  }

  addNode(node: BuildableNode): void {
    const compiled = node.resourceType === 'model' ? this.#input.run.models.get(node.uniqueId) : undefined;
    const readable = (compiled?.reads ?? []).map((read) => this.#know(read, node));
    const key = readable.includes(false) ? '' : this.#keyOf(node, compiled, (id) => this.#keys.get(id) ?? '');
    const version = this.#input.run.options.fullRefresh ? undefined : reusableVersion(this.#input.state, key);
    const step = { node, key, compiled };
    this.#keys.set(node.uniqueId, key);
    this.#nodes.set(
      node.uniqueId,
      version === undefined ? { kind: 'build', ...step } : { kind: 'reuse', ...step, version },
    );
  }

  addTest(compiled: CompiledNode<DataTestNode>): void {
    const { run, state, live } = this.#input;
    const { node, sql, reads, nondeterminism } = compiled;
    const readable = reads.map((read) => this.#know(read, node));
    if (readable.includes(false)) return;
    const key = testKey({
      body: { kind: 'sql', sql, upstream: (id) => this.#keys.get(id) ?? '' },
      config: {
        limit: node.config.limit ?? null,
        error_if: node.config.errorIf,
        warn_if: node.config.warnIf,
      },
      engine: { dialect: run.warehouse.dialect, version: run.warehouse.engineVersion },
    });
    const cacheable = nondeterminism.length === 0 && !reads.some((read) => live.has(read));
    const passed = cacheable && !run.options.fullRefresh && state.passedTests.has(key);
    this.#tests.set(node.uniqueId, { compiled, key, passed, cacheable });
  }

  /** Makes sure that the key of something that is read is known; false, with a diagnostic, where nothing can be read. */
  #know(uniqueId: string, reader: Node): boolean {
    if (this.#keys.has(uniqueId)) return true;
    const node = this.#input.run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined)
      throw new Error(`This is a bug: "${reader.uniqueId}" reads "${uniqueId}", which is not there.`);
    if (node.resourceType === 'source') {
      this.#given.set(uniqueId, node.relation);
      this.#keys.set(uniqueId, this.#tokenOf(uniqueId));
      return true;
    }
    return this.#knowPublished(node, reader);
  }

  #knowPublished(node: Node, reader: Node): boolean {
    const entry = publishedEntry(this.#input.state, node.uniqueId);
    if (entry === undefined) {
      this.#report(unpublishedUpstream({ node, reader }));
      return false;
    }
    this.#given.set(node.uniqueId, entry.version);
    this.#keys.set(node.uniqueId, entry.key);
    if (this.#input.run.options.builds && isBuilt(node)) this.#warnOfChange(node, entry.key, reader);
    return true;
  }

  /** Compares the published key of an unselected node with the key that it would have over what is published now. */
  #warnOfChange(node: BuildableNode, published: string, reader: Node): void {
    const compiled = node.resourceType === 'model' ? this.#input.run.models.get(node.uniqueId) : undefined;
    if (node.resourceType === 'model' && compiled === undefined) return;
    if ((compiled?.nondeterminism ?? []).length > 0) return;
    const upstream = (id: string) =>
      publishedEntry(this.#input.state, id)?.key ?? this.#input.sourceTokens.get(id) ?? '';
    if (this.#keyOf(node, compiled, upstream) !== published)
      this.#input.run.warn(changedUpstream({ node, reader }));
  }

  #keyOf(
    node: BuildableNode,
    compiled: CompiledNode<ModelNode> | undefined,
    upstream: (uniqueId: string) => string,
  ): string {
    const { warehouse } = this.#input.run;
    const salted = (compiled?.nondeterminism ?? []).length > 0;
    return versionKey({
      body:
        compiled === undefined
          ? { kind: 'file', sha256: node.resourceType === 'seed' ? node.sha256 : '' }
          : { kind: 'sql', sql: compiled.sql, upstream },
      config: {
        ...shapingConfig(node),
        key_version: materializationOf(node.config.materialized)?.keyVersion ?? 1,
      },
      engine: { dialect: warehouse.dialect, version: warehouse.engineVersion },
      salt: salted ? this.#inherited(node.uniqueId) : undefined,
    });
  }

  #tokenOf(source: string): string {
    return this.#input.sourceTokens.get(source) ?? this.#inherited(source);
  }

  /** The salt or token of a failed run that this one continues, else this run's own. */
  #inherited(uniqueId: string): string {
    const token = this.#input.state.inheritedTokens.get(uniqueId) ?? this.#input.run.identity.runId;
    this.#tokens[uniqueId] = token;
    return token;
  }
}
