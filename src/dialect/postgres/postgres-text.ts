import type { Scalar } from '../dialect.ts';
import { cutToBytes } from '../identifier.ts';
import type { Relation } from '../relation.ts';
import { quoteUnlessPlain, standardLiteral } from '../sql-text.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** PostgreSQL cuts longer names, between characters. */
export const IDENTIFIER_BYTES = 63;

/** PostgreSQL compares quoted names letter by letter. */
export function fold(identifier: string): string {
  return cutToBytes(identifier, IDENTIFIER_BYTES);
}

/** A name as a person would type it: in quotes only where it needs them, as anything but lower case does. */
export function quote(identifier: string): string {
  return quoteUnlessPlain(identifier, RESERVED_WORDS);
}

export function relationName(relation: Relation): string {
  return `${quote(relation.schema)}.${quote(relation.name)}`;
}

/** A value as a literal; sessions set `standard_conforming_strings`, so a backslash is a character like others. */
export const literal: (value: Scalar) => string = standardLiteral;
