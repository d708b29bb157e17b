import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Relation } from '../dialect/relation.ts';
import type { DataTestNode } from '../manifest/node.ts';
import { relationId } from '../store/catalog.ts';
import { testKey } from '../store/version-key.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * The key under which a test's verdict is remembered: its SQL, what makes a verdict of its count, and the very data that it
 * reads, which are versions by name (two attempts at one key may differ in what nothing decides) and sources by token.
 */
export function verdictKey(
  { node, sql }: CompiledNode<DataTestNode>,
  { dialect, engineVersion }: Pick<Warehouse, 'dialect' | 'engineVersion'>,
  { sourceTokens }: { readonly sourceTokens: ReadonlyMap<string, string> },
  relationOf: (uniqueId: string) => Relation | undefined,
): string {
  const { severity, limit = null, errorIf, warnIf, failCalc } = node.config;
  const upstream = (id: string) => {
    const relation = relationOf(id);
    const content = sourceTokens.get(id) ?? (relation && relationId(dialect, relation));
    if (content === undefined) throw new Error(`This is a bug: "${node.name}" is judged before "${id}".`);
    return content;
  };
  return testKey({
    body: { kind: 'sql', sql, upstream },
    config: {
      severity,
      limit,
      error_if: errorIf,
      warn_if: warnIf,
      ...(failCalc !== undefined && { fail_calc: failCalc }),
    },
    engine: { dialect, version: engineVersion },
  });
}
