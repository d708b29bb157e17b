import type { CompiledNode } from '../compile/compiled-node.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import { isOfCatalog } from '../data-test/generic-test-sql.ts';
import type { Dag } from '../manifest/dag.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CompiledUnitTest } from '../unit-test/compile-unit-tests.ts';

/** A mutation subject is a model with the tests that are to notice when it is wrong. */
export interface MutationSubject {
  readonly model: CompiledNode<ModelNode>;
  readonly unitTests: readonly CompiledUnitTest[];
  /** Those that read the model, the ones that read nothing downstream of it first. */
  readonly dataTests: readonly DownstreamTest[];
}

/** A data test with the models that stand between the tested one and what it reads, in the order of their making. */
export interface DownstreamTest {
  readonly compiled: CompiledTest;
  readonly between: readonly CompiledNode<ModelNode>[];
}

/** What subjects are picked from: a whole project, compiled. */
export interface MutationSources {
  readonly dag: Dag;
  readonly models: ReadonlyMap<string, CompiledNode<ModelNode>>;
  readonly dataTests: ReadonlyMap<string, CompiledTest>;
  readonly unitTests: ReadonlyMap<string, CompiledUnitTest>;
}

/** The tests of a model. Those of columns' names and types ask the catalog, where a mutant does not stand. */
export function mutationSubject(model: CompiledNode<ModelNode>, sources: MutationSources): MutationSubject {
  const { uniqueId } = model.node;
  const dataTests = [...sources.dataTests.values()]
    .filter(({ node, reads }) => reads.includes(uniqueId) && !isOfCatalog(node))
    .map((compiled) => ({ compiled, between: modelsBetween(uniqueId, compiled, sources) }));
  return {
    model,
    unitTests: [...sources.unitTests.values()].filter(({ node }) => node.model === uniqueId),
    dataTests: dataTests.sort((one, other) => one.between.length - other.between.length),
  };
}

function modelsBetween(
  uniqueId: string,
  { reads }: CompiledTest,
  { dag, models }: MutationSources,
): readonly CompiledNode<ModelNode>[] {
  const below = dag.descendants(uniqueId);
  const above = new Set([...reads, ...dag.ancestors(reads)]);
  return dag.order.flatMap((id) => (below.has(id) && above.has(id) ? (models.get(id) ?? []) : []));
}
