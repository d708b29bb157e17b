import type { Compilation } from '../compile/compilation.ts';
import { compileModel } from '../compile/compile-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, UnitTestNode } from '../manifest/node.ts';
import { formatReference } from '../manifest/reference-text.ts';
import { markedRelations } from '../template/relation-marker.ts';
import { commonTableQuery } from './common-table.ts';
import { embeddedDialect } from './embedded-compilation.ts';
import { defaultInstant, freezeClock, readInstant } from './frozen-clock.ts';
import { overriddenCompilation } from './overridden-compilation.ts';

/** A unit test whose model, or a common table of it, is SQL of the embedded engine with the inputs as markers. */
export interface CompiledUnitTest {
  readonly node: UnitTestNode;
  /** The clock stands still in it. */
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
  for (const node of compilation.manifest.nodes.values()) {
    if (node.resourceType !== 'unit_test' || !selection.has(node.uniqueId)) continue;
    const test = compileUnitTest(compilation, node);
    if (test !== undefined) compiled.set(node.uniqueId, test);
  }
  return compiled;
}

function compileUnitTest(
  { manifest, models, report }: UnitTestCompilation,
  node: UnitTestNode,
): CompiledUnitTest | undefined {
  const known = models.get(node.model);
  if (known === undefined) return undefined;
  const shared = isAsInProject(node, known, manifest) ? known : undefined;
  const model = shared ?? compileModel(overridden(manifest, node, known.node, report), known.node);
  const query = model === undefined ? undefined : testedQuery(model, node, manifest, report);
  if (query === undefined) return undefined;
  const missing = query.reads.filter((read) => !node.given.some(({ uniqueId }) => uniqueId === read));
  for (const read of missing)
    report(
      catalogue.inputMissing({ input: inputText(read, node, manifest), test: node.name, span: node.span }),
    );
  return missing.length > 0 ? undefined : { node, query };
}

/** Whether the model compiled for the target is the tested SQL. */
function isAsInProject(
  { overrides, given }: UnitTestNode,
  model: CompiledNode<ModelNode>,
  { project, nodes }: Manifest,
): boolean {
  const { variables, environment, macros } = overrides;
  const changes = [variables, environment, macros].some((values) => Object.keys(values).length > 0);
  const readsEphemerals = given.some(({ uniqueId }) => {
    const input = nodes.get(uniqueId);
    return input?.resourceType === 'model' && input.config.materialized === 'ephemeral';
  });
  return (
    project.target.adapter === embeddedDialect.name &&
    !changes &&
    !readsEphemerals &&
    !model.reads.includes(model.node.uniqueId)
  );
}

/** Warnings about the model have been told where it was compiled for the target. */
function overridden(manifest: Manifest, test: UnitTestNode, model: ModelNode, report: Report): Compilation {
  return overriddenCompilation(manifest, test, model, (diagnostic) => {
    if (diagnostic.severity === 'error') report(diagnostic);
  });
}

/** What of the model is tested, with the clock stopped. */
function testedQuery(
  model: CompiledNode<ModelNode>,
  node: UnitTestNode,
  manifest: Manifest,
  report: Report,
): CompiledNode<ModelNode> | undefined {
  const instant = instantOf(node, manifest, report);
  const whole = { text: model.sql, map: model.map };
  const found =
    node.cte === undefined
      ? ({ kind: 'found', query: whole } as const)
      : commonTableQuery(whole, node.cte, embeddedDialect);
  if (found.kind === 'missing') {
    const { name } = model.node;
    report(
      catalogue.unknownCommonTable({ cte: node.cte ?? '', model: name, names: found.names, span: node.span }),
    );
    return undefined;
  }
  if (instant === undefined) return undefined;
  const { text: sql, map } = freezeClock(found.query, embeddedDialect, instant);
  const declared = new Set(manifest.project.deterministicFunctions.map((name) => name.toLowerCase()));
  const doubts = embeddedDialect.nondeterminism(embeddedDialect.tokenize(sql), declared);
  const nondeterminism = doubts.map(({ reason }) => reason);
  return { node: model.node, sql, map, reads: markedRelations(sql), nondeterminism };
}

function instantOf({ overrides }: UnitTestNode, { project }: Manifest, report: Report): string | undefined {
  const { now, variables } = overrides;
  if (now === undefined)
    return defaultInstant(variables['as_of_date'] ?? project.variables.get('as_of_date')?.value);
  const instant = readInstant(now);
  if (instant === undefined) report(catalogue.badInstant({ text: now, span: overrides.spanAt('now') }));
  return instant;
}

function inputText(uniqueId: string, test: UnitTestNode, { nodes }: Manifest): string {
  const node = nodes.get(uniqueId);
  if (uniqueId === test.model) return 'self';
  return node?.resourceType === 'source'
    ? formatReference({ kind: 'source', source: node.sourceName, table: node.name })
    : formatReference({ kind: 'ref', name: node?.name ?? uniqueId });
}
