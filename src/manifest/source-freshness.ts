import * as catalogue from '../diagnostic/catalogue/freshness.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import type { Freshness, FreshnessPeriod, LoadedAt, WrittenSql } from './freshness.ts';
import type { ColumnProperties } from './node.ts';
import type { PropertiesEntry } from './properties-file.ts';
import type { SourceProperties, SourceTableProperties } from './properties-schema.ts';

/** What freshness is read from: a source and one of its tables. */
export interface FreshnessInput {
  readonly source: PropertiesEntry<SourceProperties>;
  readonly table: PropertiesEntry<SourceTableProperties>;
  /** The landing table, if it is a landed one. */
  readonly landed: string | undefined;
  readonly columns: readonly ColumnProperties[];
}

/** The freshness of a table: its own over its source's, key by key; undefined where nothing is asked of it. */
export function readFreshness(input: FreshnessInput, report: Report): Freshness | undefined {
  const places = placesOf(input);
  const criteria = criteriaOf(places);
  if (criteria?.warn_after == null && criteria?.error_after == null) return undefined;
  const { source, table, landed } = input;
  const about = { source: `${source.value.name}.${table.value.name}`, span: criteria.span };
  const loadedAt = readLoadedAt(input, places, about.source, report);
  if (loadedAt === undefined && landed === undefined) {
    report(catalogue.nothingToMeasureBy(about));
    return undefined;
  }
  const { filter } = criteria;
  if (filter !== undefined && loadedAt?.kind !== 'field')
    report(catalogue.filterOfNothing({ source: about.source, span: filter.span }));
  return {
    warnAfter: criteria.warn_after ?? undefined,
    errorAfter: criteria.error_after ?? undefined,
    filter,
    loadedAt: loadedAt ?? { kind: 'load', table: landed ?? '' },
  };
}

/** One of the places where freshness can be declared. */
interface Place {
  readonly values: Pick<SourceTableProperties, 'freshness' | 'loaded_at_field' | 'loaded_at_query'>;
  readonly path: YamlPath;
  readonly yaml: PropertiesEntry<unknown>['yaml'];
}

/** From general to specific; what stands below `config` counts for more than what stands beside it, as in dbt. */
function placesOf({ source, table }: FreshnessInput): readonly Place[] {
  return [source, table].flatMap(({ value, path, yaml }) => [
    { values: value, path, yaml },
    ...(value.config === undefined ? [] : [{ values: value.config, path: [...path, 'config'], yaml }]),
  ]);
}

interface Criteria {
  readonly warn_after?: FreshnessPeriod | null | undefined;
  readonly error_after?: FreshnessPeriod | null | undefined;
  readonly filter: WrittenSql | undefined;
  readonly span: Span;
}

/** The criteria of all places together; `freshness: null` forgets those of the places before it. */
function criteriaOf(places: readonly Place[]): Criteria | undefined {
  let criteria: Criteria | undefined;
  for (const { values, path, yaml } of places) {
    if (values.freshness === undefined) continue;
    const { filter, ...thresholds } = values.freshness ?? {};
    const at = [...path, 'freshness'];
    criteria =
      values.freshness === null
        ? undefined
        : {
            ...criteria,
            ...thresholds,
            filter:
              filter == null ? criteria?.filter : { text: filter, span: yaml.spanAt([...at, 'filter']) },
            span: yaml.keySpanAt(at),
          };
  }
  return criteria;
}

/** How the most specific place that says anything of it tells when rows were loaded. */
function readLoadedAt(
  { landed, columns }: FreshnessInput,
  places: readonly Place[],
  source: string,
  report: Report,
): LoadedAt | undefined {
  const place = places.findLast(
    ({ values }) => values.loaded_at_field !== undefined || values.loaded_at_query !== undefined,
  );
  if (place === undefined) return undefined;
  const { values, path, yaml } = place;
  const { loaded_at_field: field, loaded_at_query: query } = values;
  if (query !== undefined) {
    const span = yaml.spanAt([...path, 'loaded_at_query']);
    if (field !== undefined) report(catalogue.loadedAtTwice({ source, span }));
    return { kind: 'query', text: query, span };
  }
  const text = field ?? '';
  const span = yaml.spanAt([...path, 'loaded_at_field']);
  if (landed !== undefined && isUnknown(text, columns))
    report(
      catalogue.unknownLoadedAt({ source, field: text, columns: columns.map(({ name }) => name), span }),
    );
  return { kind: 'field', text, span };
}

/** Whether a landed table, which has exactly its declared columns, lacks a plain name. */
function isUnknown(field: string, columns: readonly ColumnProperties[]): boolean {
  const isName = /^[a-z_]\w*$/i.test(field);
  return (
    isName && columns.length > 0 && !columns.some(({ name }) => name.toLowerCase() === field.toLowerCase())
  );
}
