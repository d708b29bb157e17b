import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { parseColumnType } from '../dialect/column-type.ts';
import type { ColumnProperties } from './node.ts';
import type { PropertiesEntry } from './properties-file.ts';
import type { ColumnEntry } from './properties-schema.ts';

/** The columns that an entry declares; a column listed twice and a type that is not portable are reported. */
export function readColumns(
  entry: PropertiesEntry<{ readonly columns?: readonly ColumnEntry[] | undefined }> | undefined,
  report: Report,
): readonly ColumnProperties[] {
  if (entry?.value.columns === undefined) return [];
  const seen = new Set<string>();
  return entry.value.columns.map((column, index) => {
    const path = [...entry.path, 'columns', index];
    const folded = column.name.toLowerCase();
    const span = entry.yaml.spanAt([...path, 'name']);
    if (seen.has(folded)) report(catalogue.duplicateColumn({ name: column.name, span }));
    seen.add(folded);
    const type = column.data_type;
    if (type !== undefined && parseColumnType(type) === undefined)
      report(catalogue.unknownColumnType({ type, span: entry.yaml.spanAt([...path, 'data_type']) }));
    return {
      name: column.name,
      description: column.description ?? '',
      dataType: type,
      ...columnLabels(column),
      span,
    };
  });
}

/** A column's tags and meta, written beside its name or below `config`. */
export function columnLabels({ tags, meta, config }: ColumnEntry): Pick<ColumnProperties, 'tags' | 'meta'> {
  return {
    tags: [...new Set([tags ?? [], config?.tags ?? []].flat())],
    meta: { ...meta, ...config?.meta },
  };
}
