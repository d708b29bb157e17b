const TEXT = 25;
const VARCHAR = 1043;
/** Behind a column's name: the number of its table, its place there; and the type's length, modifier and format. */
const BEFORE_TYPE = 6;
const BEHIND_TYPE = 8;

/** The columns of a result as Redshift describes them: what PostgreSQL calls `text` is a varchar. */
export function describedRow(body: Buffer): Buffer {
  const described = Buffer.from(body);
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    at = body.indexOf(0, at) + 1 + BEFORE_TYPE;
    if (body.readInt32BE(at) === TEXT) described.writeInt32BE(VARCHAR, at);
    at += 4 + BEHIND_TYPE;
  }
  return described;
}
