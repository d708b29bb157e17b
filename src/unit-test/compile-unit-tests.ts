import { compileModel } from '../compile/compile-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { inputMissing } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, UnitTestNode } from '../manifest/node.ts';
import { formatReference } from '../manifest/reference-text.ts';
import { embeddedDialect } from './embedded-compilation.ts';
import { overriddenCompilation } from './overridden-compilation.ts';
import { withStoppedRows } from './stopped-rows.ts';
import { instantOf, testedQuery } from './tested-query.ts';

/** A unit test whose model, or a common table of it, is SQL of the embedded engine with the inputs as markers. */
export interface CompiledUnitTest {
  /** The clock stands still in its rows, as in the query. */
  readonly node: UnitTestNode;
  readonly query: CompiledNode<ModelNode>;
}

/** What unit tests are compiled from. */
export interface UnitTestCompilation {
  readonly manifest: Manifest;
  /** Models that have been compiled for the target, by unique id; one that is missing has mistakes, which were told. */
  readonly models: ReadonlyMap<string, CompiledNode<ModelNode>>;
  readonly report: Report;
}

/** Compiles the unit tests of a selection (unique ids); those with mistakes are reported and left out. */
export function compileUnitTests(
  compilation: UnitTestCompilation,
  selection: ReadonlySet<string>,
): ReadonlyMap<string, CompiledUnitTest> {
  const compiled = new Map<string, CompiledUnitTest>();
  const queryOf = queryCompiler(compilation);
  for (const node of compilation.manifest.nodes.values()) {
    if (node.resourceType !== 'unit_test' || !selection.has(node.uniqueId)) continue;
    const query = queryOf(node);
    const instant = instantOf(node, compilation.manifest);
    if (query !== undefined && instant !== undefined && hasAllInputs(node, query, compilation))
      compiled.set(node.uniqueId, { node: withStoppedRows(node, instant), query });
  }
  return compiled;
}

type Compiled = CompiledNode<ModelNode> | undefined;

/** Compiles what tests test; tests with the same overrides share what they test. */
function queryCompiler({ manifest, models, report }: UnitTestCompilation): (test: UnitTestNode) => Compiled {
  const shared = new Map<string, CompiledNode<ModelNode>>();
  return (test) => {
    const known = models.get(test.model);
    if (known === undefined) return undefined;
    const query = () => {
      const model = isAsForTarget(test, known, manifest)
        ? known
        : compiledAnew(test, known.node, manifest, report);
      return model && testedQuery(model, test, manifest, report);
    };
    const { variables, environment, macros, now } = test.overrides;
    const isOwn = Object.keys(macros).length > 0 || readsGivenEphemerals(test, manifest);
    if (isOwn) return query();
    const key = JSON.stringify([test.model, test.cte ?? null, now ?? null, variables, environment]);
    const found = shared.get(key) ?? query();
    if (found !== undefined) shared.set(key, found);
    return found;
  };
}

/** Warnings about the model have been told where it was compiled for the target. */
function compiledAnew(test: UnitTestNode, model: ModelNode, manifest: Manifest, report: Report): Compiled {
  const compilation = overriddenCompilation(manifest, test, model, (diagnostic) => {
    if (diagnostic.severity === 'error') report(diagnostic);
  });
  return compileModel(compilation, model);
}

/** Whether the model that was compiled for the target is what the test is about. */
function isAsForTarget(test: UnitTestNode, { node, reads }: CompiledNode, manifest: Manifest): boolean {
  const isEmbedded = manifest.project.target.adapter === embeddedDialect.name;
  return isEmbedded && !isChanged(test, manifest) && !reads.includes(node.uniqueId);
}

/** Whether a test changes the SQL of its model: by overrides, or by rows of an ephemeral model, which is then no part of the SQL. */
function isChanged(test: UnitTestNode, manifest: Manifest): boolean {
  const { variables, environment, macros } = test.overrides;
  const overrides = [variables, environment, macros].some((values) => Object.keys(values).length > 0);
  return overrides || readsGivenEphemerals(test, manifest);
}

function readsGivenEphemerals({ given }: UnitTestNode, { nodes }: Manifest): boolean {
  return given.some(({ uniqueId }) => {
    const input = nodes.get(uniqueId);
    return input?.resourceType === 'model' && input.config.materialized === 'ephemeral';
  });
}

function hasAllInputs(
  { name, model, given, span }: UnitTestNode,
  { reads }: CompiledNode,
  { manifest, report }: UnitTestCompilation,
): boolean {
  const missing = reads.filter((read) => !given.some(({ uniqueId }) => uniqueId === read));
  for (const read of missing) {
    const input = read === model ? 'self' : inputText(read, manifest);
    report(inputMissing({ input, test: name, span }));
  }
  return missing.length === 0;
}

function inputText(uniqueId: string, { nodes }: Manifest): string {
  const node = nodes.get(uniqueId);
  return node?.resourceType === 'source'
    ? formatReference({ kind: 'source', source: node.sourceName, table: node.name })
    : formatReference({ kind: 'ref', name: node?.name ?? uniqueId });
}
