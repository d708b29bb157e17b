import type { Compilation } from '../compile/compilation.ts';
import { compileSql } from '../compile/compile-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { renderTemplate } from '../compile/render.ts';
import { badTestCall, badTestExpression, badThreshold } from '../diagnostic/catalogue/data-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { DataTestNode } from '../manifest/node.ts';
import { markedRelations } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import type { FusedPart } from './fused-part.ts';
import { type GenericTestText, genericTestSql, isOfCatalog } from './generic-test-sql.ts';
import { expressionProblem } from './sql-expression.ts';
import { parseThreshold } from './threshold.ts';

/** A compiled data test, and its part of a query that tests of one relation share, if it can take part in one. */
export interface CompiledTest extends CompiledNode<DataTestNode> {
  readonly part?: FusedPart | undefined;
}

/**
 * Compiles the data tests of a manifest, or those of a selection (unique ids), each to a SELECT whose rows are failures.
 * Tests with mistakes are reported and left out.
 */
export function compileDataTests(
  compilation: Compilation,
  selection?: ReadonlySet<string>,
): ReadonlyMap<string, CompiledTest> {
  const compiled = new Map<string, CompiledTest>();
  for (const node of compilation.manifest.nodes.values()) {
    if (node.resourceType !== 'test' || selection?.has(node.uniqueId) === false) continue;
    const test = compileDataTest(compilation, node);
    if (test !== undefined) compiled.set(node.uniqueId, test);
  }
  return compiled;
}

/** Compiles one data test. Undefined when a mistake was reported. */
export function compileDataTest(compilation: Compilation, node: DataTestNode): CompiledTest | undefined {
  const rendered: GenericTestText | undefined =
    node.test.kind === 'singular'
      ? renderTemplate(compilation, node, node.test.source)
      : genericTestSql(compilation, node, node.test);
  const counts = checkFailCalc(compilation, node);
  const judges = checkThresholds(node, compilation.report);
  if (rendered === undefined || !counts || !judges) return undefined;
  if (isOfCatalog(node)) return catalogTest(compilation, node, rendered);
  const compiled = compileSql(compilation, node, rendered);
  return compiled && { ...compiled, ...(isPlain(compiled, rendered) && { part: rendered.part }) };
}

/**
 * Whether the SQL reads the tested relation only, is as the test wrote it (no alias added, no ephemeral model inlined), and its
 * rows are what is counted.
 */
function isPlain({ node, sql, reads }: CompiledNode<DataTestNode>, { text }: MappedText): boolean {
  if (node.config.failCalc !== undefined) return false;
  return reads.length === 1 && reads[0] === node.attachedTo && sql === text;
}

/** A test whose SQL names the tested relation in strings, and else nothing but the catalog, which no model may read. */
function catalogTest(
  { manifest, report }: Compilation,
  node: DataTestNode,
  { text: sql, map }: MappedText,
): CompiledNode<DataTestNode> | undefined {
  const tested = manifest.nodes.get(node.attachedTo ?? '');
  if (tested?.resourceType === 'model' && tested.config.materialized === 'ephemeral') {
    const problem = `"${tested.name}" is ephemeral, so the catalog does not know its columns.`;
    report(badTestCall({ test: node.name, problem, hint: 'Make it a view.', span: node.span }));
    return undefined;
  }
  return { node, sql, map, reads: markedRelations(sql), nondeterminism: [] };
}

function checkThresholds(node: DataTestNode, report: Report): boolean {
  const { warnIf, errorIf } = node.config;
  const bad = Object.entries({ warn_if: warnIf, error_if: errorIf }).filter(
    ([, text]) => parseThreshold(text) === undefined,
  );
  for (const [key, text] of bad)
    report(badThreshold({ test: node.name, key, text, span: node.config.spans[key] ?? node.span }));
  return bad.length === 0;
}

function checkFailCalc({ dialect, report }: Compilation, { name, span, config }: DataTestNode): boolean {
  const { failCalc, spans } = config;
  const problem = failCalc === undefined ? undefined : expressionProblem(failCalc, dialect);
  if (problem === undefined) return true;
  report(badTestExpression({ test: name, key: 'fail_calc', problem, span: spans['fail_calc'] ?? span }));
  return false;
}
