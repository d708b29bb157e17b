/** What a string literal means, and the SQL behind it. */
export interface ReadString {
  readonly value: string;
  readonly rest: string;
}

/**
 * A model of how Redshift reads a string at the start of SQL: a backslash takes the next character as it is (or as a control
 * character), two quotes are one. Throws where there is no string or no end of it.
 */
export function readString(sql: string): ReadString {
  if (sql[0] !== "'") throw new Error(`No string begins with ${sql[0]}.`);
  let value = '';
  for (let at = 1; at < sql.length; at++) {
    const character = sql[at];
    if (character === '\\') value += escaped(sql[++at]);
    else if (character !== "'") value += character;
    else if (sql[at + 1] === "'") value += sql[++at];
    else return { value, rest: sql.slice(at + 1) };
  }
  throw new Error('The string never ends.');
}

function escaped(character: string | undefined): string {
  if (character === undefined) throw new Error('The string never ends.');
  return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[character] ?? character;
}
