import { checkRelations } from '../compile/check-relations.ts';
import { checkStatement } from '../compile/check-statement.ts';
import type { Compilation } from '../compile/compilation.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { mappedJoin, writtenBy } from '../compile/mapped-slice.ts';
import { renderTemplate } from '../compile/render.ts';
import { columnExpression } from '../data-test/column-name.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Freshness, WrittenSql } from '../manifest/freshness.ts';
import type { SourceNode } from '../manifest/node.ts';
import { relationMarker } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import { pastRows } from './past-rows.ts';

/** A source whose freshness is asked for. */
export interface CompiledFreshness {
  readonly node: SourceNode;
  readonly freshness: Freshness;
  /**
   * SQL with a relation marker that gives the time of the newest rows, and where the project has an `as_of_date` that of rows
   * after it in a second column, unless the user wrote it; undefined: our own record of loads tells it.
   */
  readonly query: Pick<CompiledNode, 'sql' | 'map'> | undefined;
}

/** How a source is called in messages and lists: `raw.daily_dump`. */
export function sourceTitle({ sourceName, name }: Pick<SourceNode, 'sourceName' | 'name'>): string {
  return `${sourceName}.${name}`;
}

/** Compiles what is asked of the freshness of selected sources; those with mistakes are reported and left out. */
export function compileFreshness(
  compilation: Compilation,
  selection: ReadonlySet<string>,
): readonly CompiledFreshness[] {
  return [...compilation.manifest.nodes.values()].flatMap((node): CompiledFreshness[] => {
    if (node.resourceType !== 'source' || !selection.has(node.uniqueId)) return [];
    const { freshness } = node;
    if (freshness === undefined) return [];
    if (freshness.loadedAt.kind === 'load') return [{ node, freshness, query: undefined }];
    const query = freshnessQuery(compilation, node, freshness);
    return query === undefined ? [] : [{ node, freshness, query: { sql: query.text, map: query.map } }];
  });
}

function freshnessQuery(
  compilation: Compilation,
  node: SourceNode,
  { loadedAt, filter }: Freshness,
): MappedText | undefined {
  if (loadedAt.kind === 'load') return undefined;
  const written = rendered(compilation, node, loadedAt);
  const condition = filter === undefined ? undefined : rendered(compilation, node, filter);
  if (written === undefined || (filter !== undefined && condition === undefined)) return undefined;
  const query =
    loadedAt.kind === 'query' ? written : newestRows(compilation, node, loadedAt, written.text, condition);
  return isSound(compilation, node, loadedAt, query) ? query : undefined;
}

/**
 * `select max(loaded_at) as max_loaded_at` from the source, where the filter holds. In a project of a given day that is the
 * newest until then, and `newest` beside it that of all.
 */
function newestRows(
  { dialect, manifest }: Compilation,
  node: SourceNode,
  { span }: WrittenSql,
  field: string,
  condition: MappedText | undefined,
): MappedText {
  const column = columnExpression(field, dialect);
  const past = pastRows(column, manifest.project.variables.get('as_of_date')?.value, dialect);
  const select =
    past === undefined
      ? `select max(${column}) as max_loaded_at\nfrom `
      : `select\n  max(case when ${past} then ${column} end) as max_loaded_at,\n  max(${column}) as newest\nfrom `;
  return mappedJoin([
    writtenBy(select, { span, stack: [] }),
    writtenBy(relationMarker(node.uniqueId), { span: node.span, stack: [] }),
    ...(condition === undefined ? [] : [writtenBy('\nwhere ', condition.map.originAt(0)), condition]),
  ]);
}

/** A text of the YAML file, its template tags evaluated; all of it was written where the text stands. */
function rendered(
  compilation: Compilation,
  node: SourceNode,
  { text, span }: WrittenSql,
): MappedText | undefined {
  const source = { path: span.source.path, text: text.trim() };
  const report: Compilation['report'] = (diagnostic) => compilation.report({ ...diagnostic, span });
  const result = renderTemplate(compilation, node, source, report);
  return result === undefined ? undefined : writtenBy(result.text, { span, stack: [] });
}

function isSound(
  compilation: Compilation,
  node: SourceNode,
  { span }: WrittenSql,
  { text, map }: MappedText,
): boolean {
  const what = `The freshness of source "${sourceTitle(node)}"`;
  const about = { what, map, span };
  const tokens = compilation.dialect.tokenize(text);
  const statement = checkStatement({ ...about, tokens }, compilation.report);
  if (statement === undefined) return false;
  return checkRelations(compilation, { ...about, tokens: canonicalTokens(statement) });
}
