import type { Compilation } from '../compile/compilation.ts';
import { badTestArgument, badTestCall } from '../diagnostic/catalogue/data-test.ts';
import type { PortableMacroName } from '../dialect/portable-macro.ts';
import type { DataTestNode, GenericTest } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { HelperError, type TemplateValue } from '../template/helper.ts';
import { relationMarker } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import { testedColumn } from './column-name.ts';
import { findingQuery } from './finding.ts';
import { type FusedPart, fusedPart } from './fused-part.ts';
import type { GenericTestCall, GenericTestDefinition } from './generic-test.ts';
import { genericTests } from './generic-tests.ts';
import { filtered } from './layout.ts';
import { macroTestSql } from './macro-test-sql.ts';
import { renderArguments } from './rendered-arguments.ts';
import { whereCondition, writtenByEntry } from './where-condition.ts';

/** The SQL of a generic test, and where tests are fused its part of a query that others share. */
export interface GenericTestText extends MappedText {
  readonly part?: FusedPart | undefined;
}

/** A generic test's SQL with relation markers, all of it written by its place in YAML. Undefined when a mistake was reported. */
export function genericTestSql(
  compilation: Compilation,
  node: DataTestNode,
  test: GenericTest,
): GenericTestText | undefined {
  if (test.macro !== undefined) return macroTestSql(compilation, node, test, test.macro);
  const definition = cataloguedTest(test.testName);
  const written = renderArguments(compilation, node, test, definition.relationArguments);
  const where = whereCondition(compilation, node);
  if (written === undefined || where === undefined) return undefined;
  const parsed = definition.schema.safeParse(written);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const argument = path.join('.');
    compilation.report(badTestArgument({ test: node.name, argument, problem: message, span: node.span }));
  }
  if (!parsed.success) return undefined;
  const call = callOf(compilation, node, test, { arguments: parsed.data, written, where });
  return withMistakesReported(compilation, node, () => textOf(definition, call, where, node));
}

/** Whether a test asks the catalog instead of the relation itself. */
export function isOfCatalog({ test }: DataTestNode): boolean {
  if (test.kind === 'singular' || test.macro !== undefined) return false;
  return cataloguedTest(test.testName).readsCatalog === true;
}

/** The test of the catalogue of that name, which parsing has checked. */
function cataloguedTest(name: string): GenericTestDefinition {
  const definition = genericTests.find((candidate) => candidate.name === name);
  if (definition === undefined) throw new Error(`This is a bug: there is no generic test "${name}".`);
  return definition;
}

interface RenderedTest {
  /** As the schema gives them. */
  readonly arguments: unknown;
  /** As they stand in YAML, templates evaluated. */
  readonly written: Readonly<Record<string, YamlValue>>;
  readonly where: string;
}

function callOf(
  { dialect, manifest }: Compilation,
  node: DataTestNode,
  test: GenericTest,
  rendered: RenderedTest,
): GenericTestCall<unknown> {
  const { attachedTo } = node;
  if (attachedTo === undefined) throw new Error(`This is a bug: test "${node.name}" stands under no node.`);
  const asOfDate = manifest.project.variables.get('as_of_date')?.value;
  return {
    arguments: rendered.arguments,
    column: testedColumn(test, dialect),
    columnName: test.columnName ?? '',
    tested: (alias = '', indent = '') =>
      filtered(relationMarker(attachedTo), rendered.where || undefined, alias, indent),
    columns: () => dialect.columnsQuery(relationMarker(attachedTo)),
    relation: (argument) => relationMarker(String(rendered.written[argument])),
    dialect,
    macro: (name, ...positional) => callMacro(dialect.macros, name, positional, node),
    asOfDate: typeof asOfDate === 'string' ? asOfDate : undefined,
  };
}

function callMacro(
  macros: Compilation['dialect']['macros'],
  name: PortableMacroName,
  positional: readonly TemplateValue[],
  node: DataTestNode,
): string {
  const macro = macros.find((candidate) => candidate.name === name);
  if (macro === undefined) throw new Error(`This is a bug: the dialect has no macro "${name}".`);
  return String(macro.run({ positional, named: {}, span: node.span }));
}

function textOf(
  definition: GenericTestDefinition,
  call: GenericTestCall<unknown>,
  where: string,
  node: DataTestNode,
): GenericTestText {
  if ('sql' in definition) return writtenByEntry(definition.sql(call), where, node);
  const { dialect } = call;
  const finding = definition.finds(call);
  const part = dialect.supports.fusedTests ? fusedPart(finding, where, dialect) : undefined;
  return { ...writtenByEntry(findingQuery(finding, call), where, node), part };
}

function withMistakesReported<T>(compilation: Compilation, node: DataTestNode, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HelperError)) throw error;
    const { message: problem, hint } = error;
    compilation.report(badTestCall({ test: node.name, problem, hint, span: node.span }));
    return undefined;
  }
}
