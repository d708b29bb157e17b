import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect, TableOptions } from '../dialect/dialect.ts';
import type { YamlValue } from '../project/project.ts';
import type { NodeConfig } from './config.ts';
import type { ConfigLayer } from './config-layer.ts';
import type { ColumnProperties } from './node.ts';
import { textList } from './text-list.ts';

/** How a node's table is stored, from its merged configs; what no config says is left out. */
export function storageConfig(raw: Readonly<Record<string, YamlValue>>): TableOptions {
  const given: { -readonly [Key in keyof TableOptions]: TableOptions[Key] } = {};
  if (raw['dist'] !== undefined) given.dist = raw['dist'] as string;
  given.sort = textList(raw['sort']);
  if (raw['sort_style'] !== undefined)
    given.sortStyle = raw['sort_style'] as NonNullable<TableOptions['sortStyle']>;
  if (raw['encode'] !== undefined) given.encode = raw['encode'] as Readonly<Record<string, string>>;
  if (raw['backup'] !== undefined) given.backup = raw['backup'] as boolean;
  return given;
}

/** Whether a node's version and its published view are bound late: asked for, of a view, on an engine that can. */
export function isBoundLate(
  { materialized, bind }: NodeConfig,
  { supports }: Pick<Dialect, 'supports'>,
): boolean {
  return materialized === 'view' && !bind && supports.lateBinding === true;
}

/**
 * Reports a model's encodings that its declared columns do not allow: a column has one only in a table whose columns are all
 * declared with their types. A seed's types are known without.
 */
export function checkEncodings(
  config: ConfigLayer,
  columns: readonly ColumnProperties[],
  report: Report,
): void {
  const encode = config['encode'];
  if (encode === undefined) return;
  const declared = columns.map(({ name }) => name);
  for (const column of Object.keys(encode.value as object))
    if (!declared.includes(column))
      report(catalogue.encodingOfUndeclared({ column, declared, span: encode.span }));
  const untyped = columns.filter(({ dataType }) => dataType === undefined).map(({ name }) => name);
  if (untyped.length > 0) report(catalogue.encodingWithoutTypes({ untyped, span: encode.span }));
}
