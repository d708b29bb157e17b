import type { Report } from '../diagnostic/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { parsedTemplate } from '../template/parsed-template.ts';
import { checkFolders, checkLayer } from './config-layer.ts';
import { modelConfigSchema } from './config-schema.ts';
import { type DeclaredNode, declareNode, nameOf } from './declared-node.ts';
import type { ModelNode } from './node.ts';
import { type NodeIndex, resolveAll } from './node-index.ts';
import type { Properties } from './properties-file.ts';
import type { Macros } from './template-facts.ts';
import { readFacts, type TemplateFacts } from './template-facts.ts';

/** A model before its references are resolved. */
export interface DeclaredModel extends DeclaredNode {
  readonly resourceType: 'model';
  readonly facts: TemplateFacts;
}

/** The models of a project, templates parsed and configs merged. A model whose template cannot be read still has its name. */
export function readModels(
  project: Project,
  properties: Properties,
  macros: Macros,
  report: Report,
): DeclaredModel[] {
  const folders = checkFolders(project.folderConfigs.models, modelConfigSchema, report);
  return project.files
    .filter((file) => file.kind === 'model')
    .map((file) => {
      const facts = readFacts(parsedTemplate(file.source, report), macros, report);
      const own = checkLayer(facts.config, modelConfigSchema, report);
      const entry = properties.models.get(nameOf(file));
      return {
        ...declareNode('model', file, own, entry, folders, project, report),
        resourceType: 'model',
        facts,
      };
    });
}

export function modelNode(
  { disabledAt: _, facts, ...model }: DeclaredModel,
  index: NodeIndex,
  report: Report,
): ModelNode {
  return { ...model, references: resolveAll(facts.references, index, report) };
}
