import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { checkFolders } from './config-layer.ts';
import { testConfigSchema } from './config-schema.ts';
import { testNames } from './generic-test-alias.ts';
import { type DeclaredTest, genericTests, type TestContext, type TestedNode } from './generic-test-node.ts';
import type { GenericTestSignature } from './generic-test-signature.ts';
import type { DisabledNode } from './manifest.ts';
import type { BuildableNode, DataTestNode } from './node.ts';
import type { NodeIndex } from './node-index.ts';
import type { Properties } from './properties-file.ts';
import { singularTests } from './singular-test-file.ts';
import type { DeclaredSource } from './source-file.ts';
import { macroTests } from './test-macro.ts';

/** What the data tests of a project are read from. */
export interface DataTestInput {
  readonly project: Project;
  readonly properties: Properties;
  readonly sources: readonly DeclaredSource[];
  readonly built: readonly BuildableNode[];
  readonly index: NodeIndex;
  readonly signatures: readonly GenericTestSignature[];
}

/** All data tests of a project, generic ones first; tests of disabled nodes are neither enabled nor disabled. */
export function dataTests(
  { project, properties, sources, built, index, signatures }: DataTestInput,
  report: Report,
): { readonly enabled: readonly DataTestNode[]; readonly disabled: readonly DisabledNode[] } {
  const catalogued = testNames(signatures);
  const context: TestContext = {
    project,
    index,
    tests: new Map([...catalogued, ...macroTests(index.macros, catalogued, report)]),
    folders: checkFolders(project.folderConfigs.data_tests, testConfigSchema, report),
  };
  const tested = [
    ...sources.filter((source) => source.disabled === undefined).map((source) => testedSource(source)),
    ...built.flatMap((node) => testedNode(node, properties)),
  ];
  const tests = [
    ...tested.flatMap((node) => genericTests(node, context, report)),
    ...singularTests(properties, context, report),
  ];
  const enabled = tests.filter((test) => test.kind === 'enabled');
  return {
    enabled: distinctTests(enabled, report),
    disabled: tests.flatMap((test) => (test.kind === 'disabled' ? [test.node] : [])),
  };
}

function testedSource({ node, table }: DeclaredSource): TestedNode {
  return {
    uniqueId: node.uniqueId,
    name: `${node.sourceName}_${node.name}`,
    prefix: 'source_',
    entry: table,
  };
}

function testedNode({ uniqueId, name, resourceType }: BuildableNode, properties: Properties): TestedNode[] {
  const entry = resourceType === 'model' ? properties.models.get(name) : properties.seeds.get(name);
  return entry === undefined ? [] : [{ uniqueId, name, prefix: '', entry }];
}

/** The tests, each declared once. Names that were made of what is tested may be the same by chance; given ones may not. */
function distinctTests(
  tests: readonly Extract<DeclaredTest, { kind: 'enabled' }>[],
  report: Report,
): readonly DataTestNode[] {
  const found = new Map<string, DataTestNode>();
  const byName = new Map<string, (typeof tests)[number]>();
  for (const test of tests) {
    const { node, isNamed } = test;
    const namesake = byName.get(node.name);
    const other =
      found.get(node.uniqueId) ?? (isNamed || namesake?.isNamed === true ? namesake?.node : undefined);
    if (other !== undefined)
      report(catalogue.duplicateTest({ name: node.name, span: node.span, other: other.span }));
    else found.set(node.uniqueId, node);
    byName.set(node.name, namesake ?? test);
  }
  return [...found.values()];
}
