import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Relation } from '../dialect/relation.ts';
import type { BuildableNode, ModelNode } from '../manifest/node.ts';
import { materializationOf } from '../materialize/registry.ts';
import { relationId } from '../store/catalog.ts';
import { reusableVersion, type StoreState } from '../store/store-state.ts';
import type { Version } from '../store/version.ts';
import { shapingConfig, versionKey } from '../store/version-key.ts';
import type { NodeStep } from './plan.ts';
import type { RunInput } from './run-input.ts';

/** A node as it is compiled; a static seed is not. */
export interface PlannedNode {
  readonly node: BuildableNode;
  readonly compiled: CompiledNode<ModelNode> | undefined;
}

/** The key of a node over inputs with the keys that `upstream` gives; `salt` makes it the run's own. */
export function nodeKey(
  { warehouse }: Pick<RunInput, 'warehouse'>,
  { node, compiled }: PlannedNode,
  upstream: (uniqueId: string) => string,
  salt: string | undefined,
): string {
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
    salt,
  });
}

/** Where the versions are that a node is planned over. */
export interface StepInputs {
  /** Undefined while what is read is still to be built. */
  readonly relationOf: (uniqueId: string) => Relation | undefined;
  /** The tokens of sources, by unique id. */
  readonly sourceTokens: ReadonlyMap<string, string>;
}

/** What is done with a node of that key: a version that is there is reused, if it stands on the very inputs. */
export function nodeStep(
  { run, state }: { readonly run: RunInput; readonly state: StoreState },
  { node, compiled }: PlannedNode,
  key: string,
  inputs: StepInputs,
): NodeStep {
  const version = reusableVersion(state, key);
  const step = { node, key, compiled };
  if (version !== undefined && isUsable(version, run, compiled?.reads ?? [], inputs))
    return { kind: 'reuse', ...step, version };
  return { kind: 'build', ...step, anew: version !== undefined || run.options.fullRefresh };
}

/**
 * Whether a version that has the right key also stands on the very versions that this run uses. It does not once one of
 * them was built anew, asked for or because somebody dropped it: a view would read the old one, or nothing.
 */
function isUsable(
  version: Version,
  { warehouse: { dialect }, options }: RunInput,
  reads: readonly string[],
  { relationOf, sourceTokens }: StepInputs,
): boolean {
  if (options.fullRefresh) return false;
  const standsOn = new Set(version.dependencies.map((dependency) => relationId(dialect, dependency)));
  return reads.every((read) => {
    if (sourceTokens.has(read)) return true;
    const relation = relationOf(read);
    return relation !== undefined && standsOn.has(relationId(dialect, relation));
  });
}
