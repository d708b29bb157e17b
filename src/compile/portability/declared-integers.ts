import { parseColumnType } from '../../dialect/column-type.ts';
import type { Relation } from '../../dialect/relation.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { IntegerColumns } from './rule.ts';

const INTEGERS: readonly (string | undefined)[] = ['smallint', 'integer', 'bigint'];

/** The columns of models, seeds and sources that are declared with an integer type. */
export function declaredIntegers({ nodes }: Manifest): IntegerColumns {
  const declared = new Set<string>();
  for (const node of nodes.values()) {
    if (!('relation' in node)) continue;
    for (const { name, dataType } of node.columns) {
      const kind = dataType === undefined ? undefined : parseColumnType(dataType)?.kind;
      if (INTEGERS.includes(kind)) declared.add(columnKey(node.relation, name));
    }
  }
  return (relation, column) => declared.has(columnKey(relation, column));
}

function columnKey({ schema, name }: Relation, column: string): string {
  return JSON.stringify([schema, name, column]).toLowerCase();
}
