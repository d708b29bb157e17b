import type { Scalar } from '../dialect.ts';
import { asciiLowerCase, cutToBytes } from '../identifier.ts';
import type { Relation } from '../relation.ts';
import { quoteUnlessPlain, standardLiteral } from '../sql-text.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** DuckDB has no limit of its own; names are cut where PostgreSQL cuts them, so that a project can move there. */
export const IDENTIFIER_BYTES = 63;

/** What DuckDB takes for a blank, beyond ASCII: spaces that copied text brings along. */
export const UNICODE_SPACES: ReadonlySet<number> = new Set([
  ...[0xa0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x200b],
  ...[0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
]);

/** DuckDB compares names without regard to case, in ASCII only. */
export function fold(identifier: string): string {
  return cutToBytes(asciiLowerCase(identifier), IDENTIFIER_BYTES);
}

/** A name as a person would type it: in quotes only where it needs them. */
export function quote(identifier: string): string {
  return quoteUnlessPlain(identifier, RESERVED_WORDS);
}

export function relationName(relation: Relation): string {
  return `${quote(relation.schema)}.${quote(relation.name)}`;
}

/** A value as a literal; a backslash is a character like others. */
export const literal: (value: Scalar) => string = standardLiteral;
