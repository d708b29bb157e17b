import { parseColumnType } from '../../dialect/column-type.ts';
import type { Relation } from '../../dialect/relation.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { DeclaredTypes, TypeFamily } from './rule.ts';

/** The columns of models, seeds and sources that are declared with a type of a family that rules ask for. */
export function declaredTypes({ nodes }: Manifest): DeclaredTypes {
  const declared = new Map<string, TypeFamily>();
  for (const node of nodes.values()) {
    if (!('relation' in node)) continue;
    for (const { name, dataType } of node.columns) {
      const family = dataType === undefined ? undefined : familyOf(dataType);
      if (family !== undefined) declared.set(columnKey(node.relation, name), family);
    }
  }
  return (relation, column) => declared.get(columnKey(relation, column));
}

function familyOf(type: string): TypeFamily | undefined {
  const kind = parseColumnType(type)?.kind;
  switch (kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return 'integer';
    case 'boolean':
      return 'boolean';
    default:
      return undefined;
  }
}

function columnKey({ schema, name }: Relation, column: string): string {
  return JSON.stringify([schema, name, column]).toLowerCase();
}
