import { isPlain } from '../data-test/column-name.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { YamlValue } from '../project/project.ts';
import { asOfInstant } from './instant.ts';

/**
 * The condition for rows that were there at the end of a project's `as_of_date`, or at its very instant if it has a time of day:
 * `loaded_at < '2026-01-01'`. The literal has no type, and takes that of the field. Undefined where the project sets no date.
 */
export function pastRows(field: string, asOf: YamlValue | undefined, dialect: Dialect): string | undefined {
  const end = asOfInstant(asOf)?.toISOString();
  if (end === undefined) return undefined;
  const moment = isPlain(field) ? field : `(${field})`;
  return String(asOf).includes(':')
    ? `${moment} <= ${dialect.literal(end.slice(0, -1).replace('T', ' '))}`
    : `${moment} < ${dialect.literal(end.slice(0, 'YYYY-MM-DD'.length))}`;
}
