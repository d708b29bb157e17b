import type { Scalar } from './dialect.ts';

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;

/** A name as a person would type it: in quotes only where it is reserved or not plain lower case. Throws for a NUL. */
export function quoteUnlessPlain(identifier: string, reservedWords: ReadonlySet<string>): string {
  refuseNul(identifier, 'name');
  if (PLAIN_NAME.test(identifier) && !reservedWords.has(identifier)) return identifier;
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A value as standard SQL writes it: a backslash is a character like others. Throws for a NUL and for no number. */
export function standardLiteral(value: Scalar): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    refuseNul(value, 'text');
    return `'${value.replaceAll("'", "''")}'`;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`${value} has no literal in SQL.`);
  return String(value);
}

/** No engine keeps a NUL in a name or a text. */
function refuseNul(text: string, noun: string): void {
  if (text.includes('\0')) throw new Error(`A ${noun} in SQL cannot hold a NUL character.`);
}
