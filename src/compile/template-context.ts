import type { DataTestNode, ModelNode, SourceNode } from '../manifest/node.ts';
import type { Project } from '../project/project.ts';
import type { TemplateContext } from '../template/context.ts';
import { HelperError, type RelationValue } from '../template/helper.ts';
import { relationMarker } from '../template/relation-marker.ts';
import type { Compilation } from './compilation.ts';
import { sourceKey } from './relation-names.ts';

/** A node that has templates; a source has some in its properties. */
export type TemplatedNode = ModelNode | DataTestNode | SourceNode;

/** What a node's template sees: relations as markers, the project's vars and environment, the target without secrets. */
export function templateContext(compilation: Compilation, node: TemplatedNode): TemplateContext {
  const { manifest, dialect, names, helpers } = compilation;
  const { project } = manifest;
  return {
    dialect,
    helpers,
    macros: manifest.macros,
    ref: (name) => found(names.refs.get(name), `ref "${name}"`),
    source: (source, table) =>
      found(names.sources.get(sourceKey(source, table)), `source "${source}" "${table}"`),
    self: () => {
      if (node.resourceType === 'source') return relationValue(node.uniqueId);
      throw new HelperError(
        `"${node.name}" has no earlier version to read.`,
        'There are no incremental models yet: read what the model is made from.',
      );
    },
    variable: (name) => project.variables.get(name)?.value,
    variableNames: [...project.variables.keys()],
    environmentVariable: (name) => environmentVariable(project, name),
    target: { name: project.target.name, adapter: project.target.adapter, schema: project.target.schema },
    isIncremental: false,
  };
}

function found(uniqueId: string | undefined, call: string): RelationValue {
  if (uniqueId === undefined) throw new HelperError(`${call} names nothing in this project.`);
  return relationValue(uniqueId);
}

/** A relation as templates see it. */
export function relationValue(uniqueId: string): RelationValue {
  return { kind: 'relation', uniqueId, toString: () => relationMarker(uniqueId) };
}

function environmentVariable(project: Project, name: string): string | undefined {
  const found = project.environmentVariable(name);
  switch (found.kind) {
    case 'value':
      return found.value;
    case 'missing':
      return undefined;
    case 'secret':
      throw new HelperError(
        `"${name}" is a secret, which no model may read.`,
        'Compiled SQL is written to files. A variable that a target uses, or that is named like a secret, stays out of it.',
      );
  }
}
