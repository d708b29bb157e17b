import { bindRelations, boundMarkers } from '../template/relation-marker.ts';
import type { Origin } from '../template/source-map.ts';
import type { CompiledNode } from './compiled-node.ts';

/** Compiled SQL with names in place of its markers, as it is sent or written. */
export interface BoundSql {
  readonly sql: string;
  /** The template place that wrote the character at an offset of `sql`. */
  readonly originAt: (offset: number) => Origin | undefined;
}

/** Puts a name in place of every marker of compiled SQL; places are only worked out when they are asked for. */
export function bindCompiled(
  compiled: Pick<CompiledNode, 'sql' | 'map'>,
  nameOf: (uniqueId: string) => string,
): BoundSql {
  return {
    sql: bindRelations(compiled.sql, nameOf),
    originAt: (offset) => compiled.map.originAt(unboundOffset(compiled.sql, nameOf, offset)),
  };
}

/** The offset in the text with markers that an offset in the bound text belongs to; all of a name belongs to its marker. */
function unboundOffset(sql: string, nameOf: (uniqueId: string) => string, offset: number): number {
  let longer = 0;
  for (const { start, length, name } of boundMarkers(sql, nameOf)) {
    if (offset < start + longer) break;
    if (offset < start + longer + name.length) return start;
    longer += name.length - length;
  }
  return Math.min(offset - longer, sql.length);
}
