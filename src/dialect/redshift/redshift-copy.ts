import type { CsvLoad } from '../dialect.ts';
import { literal, quote, relationName } from './redshift-text.ts';

/**
 * Copies the objects that a manifest lists, with every option named that decides what a cell means. Decimals of
 * more digits than the column's scale are rounded, as INSERT and the other engines do it: COPY alone would cut them.
 */
export function loadCsv({ into, columns, nullMarker, from, parseOnly }: CsvLoad): string {
  if (from.kind !== 'manifest')
    throw new Error('Redshift fetches manifests; callers ask `supports.csv` first.');
  return [
    `copy ${relationName(into)} (`,
    columns.map(({ name }) => `  ${quote(name)}`).join(',\n'),
    ')',
    `from ${literal(from.url)}`,
    `iam_role ${from.iamRole === 'default' ? 'default' : literal(from.iamRole)}`,
    ...(from.region === undefined ? [] : [`region ${literal(from.region)}`]),
    'format as csv',
    ...(from.gzip ? ['gzip'] : []),
    'manifest',
    'ignoreheader 1',
    `null as ${literal(nullMarker)}`,
    `dateformat 'YYYY-MM-DD'`,
    `timeformat 'auto'`,
    'roundec',
    'compupdate off',
    'statupdate off',
    'maxerror 0',
    ...(parseOnly ? ['noload'] : []),
  ].join('\n');
}
