import type { LongNames } from './long-names.ts';
import { texts } from './message.ts';

const TEXT = 25;
const VARCHAR = 1043;
/** Behind a column's name: the number of its table, its place there; and the type's length, modifier and format. */
const BEFORE_TYPE = 6;
const BEHIND_TYPE = 8;

/** The columns of a result as Redshift describes them: under their whole names, and what PostgreSQL calls `text` is a varchar. */
export function describedRow(body: Buffer, names: LongNames): Buffer {
  const parts = [body.subarray(0, 2)];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const nameEnd = body.indexOf(0, at);
    const rest = Buffer.from(body.subarray(nameEnd + 1, nameEnd + 1 + BEFORE_TYPE + 4 + BEHIND_TYPE));
    if (rest.readInt32BE(BEFORE_TYPE) === TEXT) rest.writeInt32BE(VARCHAR, BEFORE_TYPE);
    parts.push(texts(names.told(body.toString('utf8', at, nameEnd))), rest);
    at = nameEnd + 1 + rest.length;
  }
  return Buffer.concat(parts);
}
