import type { Scalar } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import type { IsPersonal } from './personal-results.ts';

/** Columns with this tag hold personal data: their values are not shown. */
const TAG = 'pii';
const MASK = '***';

/** The rows with `***` in place of every value of columns with personal data; NULL stays NULL. */
export function maskRows({ columns, rows }: QueryResult, isPersonal: IsPersonal): QueryResult {
  const mask = ([name, value]: [string, Scalar]) =>
    [name, value !== null && isPersonal(name) ? MASK : value] as const;
  return { columns, rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(mask))) };
}

/** Names, in lower case, of the columns that are tagged `pii` in anything upstream of a test. */
export function personalColumns(dag: Dag, test: string): ReadonlySet<string> {
  const upstream = [...dag.ancestors(test)].flatMap((id) => dag.manifest.nodes.get(id) ?? []);
  const columns = upstream.flatMap((node) => ('columns' in node ? node.columns : []));
  const tagged = columns.filter(({ tags }) => tags.includes(TAG));
  return new Set(tagged.map(({ name }) => name.toLowerCase()));
}
