import { createHash } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import { cutToBytes } from '../dialect/identifier.ts';
import type { MappedText } from '../template/source-map.ts';
import { mappedJoin, mappedSlice, writtenBy } from './mapped-slice.ts';
import type { EphemeralQuery, Query } from './query.ts';

const PREFIX = '__model__cte__';
const HASH_DIGITS = 8;

/** The name of an ephemeral model's common table; one that is too long for the engine is cut and told apart by a hash. */
export function commonTableName(modelName: string, dialect: Dialect): string {
  const name = `${PREFIX}${modelName}`;
  if (Buffer.byteLength(name) <= dialect.identifierBytes) return dialect.quote(name);
  const hash = createHash('sha256').update(modelName).digest('hex').slice(0, HASH_DIGITS);
  return dialect.quote(`${cutToBytes(name, dialect.identifierBytes - HASH_DIGITS - 1)}_${hash}`);
}

/** The whole SQL of a query: the ephemeral models that it reads stand in front as common tables, merged with its own. */
export function writeOut(query: Query): MappedText {
  const { body, opening, ephemerals } = query;
  if (ephemerals.length === 0) return body;
  const own = opening.with !== 'none';
  return mappedJoin([
    mappedSlice(body, 0, opening.start),
    writtenBy(opening.with === 'with recursive' ? 'with recursive ' : 'with ', undefined),
    ...ephemerals.flatMap((ephemeral, index) => commonTable(ephemeral, index === 0)),
    writtenBy(own ? ',\n' : '\n', undefined),
    mappedSlice(body, opening.end, body.text.length),
  ]);
}

function commonTable({ name, query }: EphemeralQuery, first: boolean): readonly MappedText[] {
  return [
    writtenBy(`${first ? '' : ',\n'}${name} as (\n`, undefined),
    query.body,
    writtenBy('\n)', undefined),
  ];
}
