import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Project } from '../project/project.ts';
import type { LoadModule } from '../project/typescript-module.ts';
import { dataTests } from './data-tests.ts';
import { generatedSeeds } from './generated-seed-file.ts';
import type { GenericTestSignature } from './generic-test-signature.ts';
import { readMacros } from './macro-file.ts';
import type { Manifest } from './manifest.ts';
import { modelNode, readModels } from './model-file.ts';
import type { Node } from './node.ts';
import { nodeIndex } from './node-index.ts';
import { readProperties } from './properties-file.ts';
import { checkPropertiesBelong } from './properties-of-nothing.ts';
import { checkPublishedNames, checkPublishedSchemas, checkSchemaLengths } from './published-relation.ts';
import { readSeeds, seedNode } from './seed-file.ts';
import { readSources } from './source-file.ts';
import { unitTests } from './unit-tests.ts';

/** What parsing takes besides the project. */
export interface ParseContext {
  readonly dialect: Pick<Dialect, 'name' | 'fold' | 'macros' | 'identifierBytes'>;
  readonly genericTests: readonly GenericTestSignature[];
  readonly loadModule: LoadModule;
}

/**
 * Understands a project's files: parses templates, checks properties, merges configs, resolves references.
 * Everything wrong is reported and left out, so that the manifest of a project with mistakes is good for suggestions only.
 */
export async function parseManifest(
  project: Project,
  context: ParseContext,
  report: Report,
): Promise<Manifest> {
  const library = await readMacros(project, context, report);
  const macros = { library, adapter: context.dialect.name };
  const properties = readProperties(project.files, report);
  const sources = readSources(properties.sources, project, report);
  const models = readModels(project, properties, macros, report);
  const seeds = readSeeds(project, properties, report);
  const generated = generatedSeeds(project);
  checkPropertiesBelong(properties, project, library, report);

  const index = nodeIndex({ buildable: [...models, ...seeds], generated, sources, macros }, report);
  const counts = (node: { readonly name: string }) => index.buildable.get(node.name) === node;
  const built = [
    ...seeds.filter(counts).map((seed) => seedNode(seed)),
    ...models.filter(counts).map((model) => modelNode(model, index, report)),
  ];
  checkPublishedNames(built, context.dialect, report);
  checkPublishedSchemas(built, project, report);
  checkSchemaLengths(built, project, context.dialect, report);

  const tests = dataTests(
    { project, properties, sources, built, index, signatures: context.genericTests },
    report,
  );
  const units = unitTests({ project, properties, built, index }, report);
  const nodes: readonly Node[] = [
    ...[...index.sources.values(), ...generated, ...built],
    ...[...tests.enabled, ...units.enabled],
  ];
  return {
    project,
    nodes: new Map(nodes.map((node) => [node.uniqueId, node])),
    disabled: [...index.disabled.values(), ...tests.disabled, ...units.disabled],
    macros: library,
  };
}
