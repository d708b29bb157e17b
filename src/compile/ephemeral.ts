import { createHash } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import { cutToBytes } from '../dialect/identifier.ts';
import type { MappedText } from '../template/source-map.ts';
import { mappedJoin, mappedSlice, writtenBy } from './mapped-slice.ts';
import type { Query } from './query.ts';

const PREFIX = '__model__cte__';
const HASH_DIGITS = 8;

/** The name of an ephemeral model's common table; one that is too long for the engine is cut and told apart by a hash. */
export function commonTableName(modelName: string, dialect: Dialect): string {
  const name = `${PREFIX}${modelName}`;
  if (Buffer.byteLength(name) <= dialect.identifierBytes) return dialect.quote(name);
  const hash = createHash('sha256').update(modelName).digest('hex').slice(0, HASH_DIGITS);
  return dialect.quote(`${cutToBytes(name, dialect.identifierBytes - HASH_DIGITS - 1)}_${hash}`);
}

/** A common table by its name as SQL, and what is written between its parentheses. */
export interface CommonTable {
  readonly name: string;
  readonly query: Pick<Query, 'body'>;
}

/** The whole SQL of a query: the ephemeral models that it reads stand in front as common tables, merged with its own. */
export function writeOut({ body, opening, ephemerals }: Query): MappedText {
  return withCommonTables({ body, opening }, ephemerals);
}

/** The SQL of a query behind common tables, which are merged with its own. */
export function withCommonTables(
  { body, opening }: Pick<Query, 'body' | 'opening'>,
  tables: readonly CommonTable[],
): MappedText {
  if (tables.length === 0) return body;
  const own = opening.with !== 'none';
  return mappedJoin([
    mappedSlice(body, 0, opening.start),
    writtenBy(opening.with === 'with recursive' ? 'with recursive ' : 'with ', undefined),
    ...tables.flatMap((table, index) => commonTable(table, index === 0)),
    writtenBy(own ? ',\n' : '\n', undefined),
    mappedSlice(body, opening.end, body.text.length),
  ]);
}

function commonTable({ name, query }: CommonTable, first: boolean): readonly MappedText[] {
  return [
    writtenBy(`${first ? '' : ',\n'}${name} as (\n`, undefined),
    query.body,
    writtenBy('\n)', undefined),
  ];
}
