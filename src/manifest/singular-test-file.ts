import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { ProjectFile } from '../project/project.ts';
import { parsedTemplate } from '../template/parsed-template.ts';
import { type ConfigLayer, checkLayer, folderLayers } from './config-layer.ts';
import { labels, mergeConfig, testConfig } from './config-precedence.ts';
import { testConfigSchema } from './config-schema.ts';
import { entryLayers, nameOf } from './declared-node.ts';
import type { DeclaredTest, TestContext } from './generic-test-node.ts';
import { distinctReferences, resolveAll } from './node-index.ts';
import type { Properties } from './properties-file.ts';
import { readFacts } from './template-facts.ts';

/** The singular tests of a project: files whose query gives failing rows. */
export function singularTests(properties: Properties, context: TestContext, report: Report): DeclaredTest[] {
  const found = new Map<string, ProjectFile>();
  const tests: DeclaredTest[] = [];
  for (const file of context.project.files) {
    if (file.kind !== 'singular-test') continue;
    const name = nameOf(file);
    const other = found.get(name);
    const span = spanAt(file.source, 0);
    if (other !== undefined)
      report(catalogue.duplicateName({ what: 'singular tests', name, span, other: spanAt(other.source, 0) }));
    else tests.push(singularTest(file, name, properties, context, report));
    found.set(name, file);
  }
  return tests;
}

function singularTest(
  file: ProjectFile,
  name: string,
  properties: Properties,
  context: TestContext,
  report: Report,
): DeclaredTest {
  const { project, index } = context;
  const facts = readFacts(parsedTemplate(file.source, report), index.macros, report);
  const own = checkLayer(facts.config, testConfigSchema, report);
  const entry = properties.tests.get(name);
  const path = [...file.folders, name];
  const layers = [...entryLayers(entry), own];
  for (const { where } of layers)
    if (where !== undefined) report(catalogue.whereOfSingularTest({ test: name, span: where.span }));
  const merged = mergeConfig([...folderLayers(context.folders, path).map(withoutWhere), ...layers]);
  const config = testConfig(merged);
  const uniqueId = `test.${project.name}.${name}`;
  const disabledAt = merged['enabled']?.span;
  if (!config.enabled && disabledAt !== undefined)
    return { kind: 'disabled', node: { uniqueId, name, span: disabledAt } };
  const span = spanAt(file.source, 0);
  return {
    kind: 'enabled',
    isNamed: true,
    node: {
      resourceType: 'test',
      uniqueId,
      name,
      path: file.path,
      fqn: [project.name, ...path],
      description: entry?.value.description ?? '',
      ...labels(merged),
      span,
      test: { kind: 'singular', source: file.source },
      config,
      references: distinctReferences(resolveAll(facts.references, index, report)),
      attachedTo: undefined,
    },
  };
}

/** The config of a folder as a singular test has it: a `where` is meant for the generic tests there. */
function withoutWhere({ where: _, ...layer }: ConfigLayer): ConfigLayer {
  return layer;
}
