import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { FolderConfig, Project, YamlValue } from '../project/project.ts';
import type { CheckedYaml } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import { referencesOfCall } from '../template/reference-closure.ts';
import { columnLabels } from './columns.ts';
import { folderLayers } from './config-layer.ts';
import { labels, mergeConfig, testConfig } from './config-precedence.ts';
import { embeddedReferences } from './embedded-template.ts';
import { type NamedTest, underOurNames } from './generic-test-alias.ts';
import { readArguments } from './generic-test-arguments.ts';
import { genericTestHash, genericTestName } from './generic-test-name.ts';
import type { GenericTestSignature } from './generic-test-signature.ts';
import type { DisabledNode } from './manifest.ts';
import type { DataTestNode, Reference } from './node.ts';
import { distinctReferences, type NodeIndex, resolveAll } from './node-index.ts';
import type { PropertiesEntry } from './properties-file.ts';
import type { ColumnEntry, TestEntry } from './properties-schema.ts';
import { type ReadTestEntry, readTestEntry } from './test-entry.ts';
import { whyNoTest } from './test-macro.ts';

/** What tests stand under in YAML: the entry of a model, seed or source table. */
export interface TestedNode {
  readonly uniqueId: string;
  /** Its name within the names of tests: `daily`, of a source `raw_daily_dump`. */
  readonly name: string;
  /** `source_` for sources, as in dbt; else nothing. */
  readonly prefix: string;
  readonly entry: PropertiesEntry<{
    readonly tests?: readonly TestEntry[] | undefined;
    readonly columns?: readonly ColumnEntry[] | undefined;
  }>;
}

/** What reading tests takes besides the entries. */
export interface TestContext {
  readonly project: Project;
  /** By every name that they have. */
  readonly tests: ReadonlyMap<string, NamedTest>;
  readonly folders: FolderConfig;
  readonly index: NodeIndex;
}

/** A test that is part of the manifest, or one that its config takes out. */
export type DeclaredTest =
  | {
      readonly kind: 'enabled';
      readonly node: DataTestNode;
      /** Its name was given to it, and not made of what it tests. */
      readonly isNamed: boolean;
    }
  | { readonly kind: 'disabled'; readonly node: DisabledNode };

/** The generic tests of a node and of its columns. */
export function genericTests(tested: TestedNode, context: TestContext, report: Report): DeclaredTest[] {
  const { entry } = tested;
  const ofNode = (entry.value.tests ?? []).map((test, index) =>
    genericTest(tested, test, [...entry.path, 'tests', index], undefined, context, report),
  );
  const ofColumns = (entry.value.columns ?? []).flatMap((column, at) =>
    (column.tests ?? []).map((test, index) =>
      genericTest(tested, test, [...entry.path, 'columns', at, 'tests', index], column, context, report),
    ),
  );
  return [...ofNode, ...ofColumns].filter((test) => test !== undefined);
}

function genericTest(
  tested: TestedNode,
  entry: TestEntry,
  path: YamlPath,
  column: ColumnEntry | undefined,
  context: TestContext,
  report: Report,
): DeclaredTest | undefined {
  const { file, yaml } = tested.entry;
  const written = readTestEntry(entry, path, yaml, report);
  if (written === undefined) return undefined;
  const named = context.tests.get(written.testName);
  if (named === undefined) {
    const candidates = [...context.tests.keys()];
    const why = whyNoTest(written.testName, context.index.macros);
    report(catalogue.unknownTest({ name: written.testName, candidates, why, span: written.span }));
    return undefined;
  }
  const { signature } = named;
  const read = underOurNames(written, named);
  const columnName = column?.name ?? textOf(read.arguments['column_name']?.value);
  if (isMisplaced(signature, columnName)) {
    report(
      catalogue.misplacedTest({ name: read.testName, column: columnName === undefined, span: read.span }),
    );
    return undefined;
  }
  const args = readArguments(read, signature, tested.entry.yaml, context.index, report);
  const inName = columnName === undefined ? args.named : { ...args.named, column_name: columnName };
  const name = read.name ?? genericTestName(tested.prefix + read.testName, tested.name, inName);
  const own = column === undefined ? {} : { tags: { value: columnLabels(column).tags, span: read.span } };
  const merged = mergeConfig([...folderLayers(context.folders, [...file.folders, name]), own, read.config]);
  const config = testConfig(merged);
  const uniqueId = `test.${context.project.name}.${name}.${genericTestHash(name, inName)}`;
  const disabledAt = merged['enabled']?.span;
  if (!config.enabled && disabledAt !== undefined)
    return { kind: 'disabled', node: { uniqueId, name, span: disabledAt } };
  const inWhere = embeddedReferences(config.where, merged['where']?.span ?? read.span, context.index, report);
  const node: DataTestNode = {
    resourceType: 'test',
    uniqueId,
    name,
    path: file.path,
    fqn: [context.project.name, ...file.folders, name],
    description: read.description,
    ...labels(merged),
    span: read.span,
    test: {
      kind: 'generic',
      testName: signature.name,
      columnName,
      columnIsArgument: column === undefined && columnName !== undefined,
      arguments: args.bound,
      spanAt: (argument, item) =>
        argument === 'column_name' && column !== undefined
          ? yaml.spanAt([...path.slice(0, -2), 'name'])
          : argumentSpan(read, yaml, argument, item),
      ...(signature.macro !== undefined && {
        macro: { name: signature.macro, relationArguments: args.relations },
      }),
    },
    config,
    references: distinctReferences([
      { uniqueId: tested.uniqueId, span: read.span },
      ...args.references,
      ...inWhere,
      ...referencesOfMacro(signature, read.span, context.index, report),
    ]),
    attachedTo: tested.uniqueId,
  };
  return { kind: 'enabled', node, isNamed: read.name !== undefined };
}

function argumentSpan(
  { arguments: written, span }: ReadTestEntry,
  yaml: CheckedYaml<unknown>,
  argument: string,
  item: number | undefined,
): Span {
  const path = written[argument]?.path;
  return path === undefined ? span : yaml.spanAt(item === undefined ? path : [...path, item]);
}

function isMisplaced(signature: GenericTestSignature, columnName: string | undefined): boolean {
  return columnName === undefined ? signature.column === 'required' : signature.column === 'never';
}

function referencesOfMacro(
  { macro }: GenericTestSignature,
  span: Span,
  index: NodeIndex,
  report: Report,
): readonly Reference[] {
  if (macro === undefined) return [];
  const { library, adapter } = index.macros;
  return resolveAll(referencesOfCall(macro, span, library, adapter), index, report);
}

function textOf(value: YamlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
