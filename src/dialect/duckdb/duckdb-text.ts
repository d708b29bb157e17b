import type { Scalar } from '../dialect.ts';
import { asciiLowerCase, cutToBytes } from '../identifier.ts';
import type { Relation } from '../relation.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** DuckDB has no limit of its own; names are cut where PostgreSQL cuts them, so that a project can move there. */
export const IDENTIFIER_BYTES = 63;

/** What DuckDB takes for a blank, beyond ASCII: spaces that copied text brings along. */
export const UNICODE_SPACES: ReadonlySet<number> = new Set([
  ...[0xa0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x200b],
  ...[0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
]);

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;

/** DuckDB compares names without regard to case, in ASCII only. */
export function fold(identifier: string): string {
  return cutToBytes(asciiLowerCase(identifier), IDENTIFIER_BYTES);
}

/** A name as a person would type it: in quotes only where it needs them. */
export function quote(identifier: string): string {
  refuseNul(identifier, 'name');
  if (PLAIN_NAME.test(identifier) && !RESERVED_WORDS.has(identifier)) return identifier;
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function relationName(relation: Relation): string {
  return `${quote(relation.schema)}.${quote(relation.name)}`;
}

/** A value as a literal; a backslash is a character like others. */
export function literal(value: Scalar): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    refuseNul(value, 'text');
    return `'${value.replaceAll("'", "''")}'`;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`${value} has no literal in SQL.`);
  return String(value);
}

function refuseNul(text: string, noun: string): void {
  if (text.includes('\0')) throw new Error(`A ${noun} in SQL cannot hold a NUL character.`);
}
