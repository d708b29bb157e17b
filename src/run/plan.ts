import type { CompiledNode } from '../compile/compiled-node.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import type { Relation } from '../dialect/relation.ts';
import type { BuildableNode, ModelNode, Node } from '../manifest/node.ts';
import type { TestVerdict } from '../store/test-verdict.ts';
import type { Version } from '../store/version.ts';
import type { CompiledUnitTest } from '../unit-test/compile-unit-tests.ts';
import type { Fusion } from './fusion.ts';

/** A plan says what a run will do with each selected node, before anything is sent that changes the warehouse. */
export interface Plan {
  /** Models and static seeds to build or reuse, by unique id, in topological order. */
  readonly nodes: ReadonlyMap<string, NodeStep>;
  /** The keys of `nodes` and of what they read, by unique id. */
  readonly keys: ReadonlyMap<string, string>;
  /** Nodes whose failure stops no others (`on_error: continue`), by unique id, each with what is published of it. */
  readonly continuing: ReadonlyMap<string, StandIn | undefined>;
  readonly tests: ReadonlyMap<string, TestStep>;
  /** Unit tests, each before its model. */
  readonly unitTests: ReadonlyMap<string, UnitTestStep>;
  /** Queries that tests share, by the ids of their tasks. */
  readonly fusions: ReadonlyMap<string, Fusion>;
  /** Tests that are not run but must have passed for their nodes to be published, by unique id. */
  readonly guards: ReadonlyMap<string, TestStep>;
  /** What the run does not build but reads: sources and unselected nodes, by unique id. */
  readonly given: ReadonlyMap<string, Relation>;
  /** Tests that are not run, by unique id: the live view that each reads, which is not published. */
  readonly leftOut: ReadonlyMap<string, Node>;
  /** The token of each source that is read, by unique id. */
  readonly sourceTokens: ReadonlyMap<string, string>;
  /** Salts of non-deterministic nodes, tokens of sources without one: a rerun after a failure inherits them. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** A stand-in is what is published of a node: where the node cannot be built, others go on over it. */
export interface StandIn {
  readonly relation: Relation;
  readonly key: string;
}

export type NodeStep = BuildStep | ReuseStep;

/** The node has no version of this key yet. */
export interface BuildStep {
  readonly kind: 'build';
  readonly node: BuildableNode;
  readonly key: string;
  /** Compiled SQL of a model; undefined for a static seed. */
  readonly compiled: CompiledNode<ModelNode> | undefined;
  /** A version of this key that is there already must not be taken. */
  readonly anew: boolean;
}

export interface ReuseStep extends Omit<BuildStep, 'kind' | 'anew'> {
  readonly kind: 'reuse';
  readonly version: Version;
}

export interface TestStep {
  readonly compiled: CompiledTest;
  /** How it ended before, on the same data. */
  readonly known: Pick<TestVerdict, 'verdict' | 'failures'> | undefined;
  /** Its verdict holds for the next run too. */
  readonly cacheable: boolean;
}

export interface UnitTestStep {
  readonly compiled: CompiledUnitTest;
  /** It passed before, with the same SQL and rows. */
  readonly known: boolean;
  /** Undefined: whether it passes may differ from run to run. */
  readonly key: string | undefined;
}

/** Whether a node becomes a version of its own. */
export function isBuilt(node: Node): node is BuildableNode {
  if (node.resourceType === 'seed') return true;
  return node.resourceType === 'model' && node.config.materialized !== 'ephemeral';
}
