import type { Scalar } from '../dialect.ts';
import { asciiLowerCase, cutToBytes } from '../identifier.ts';
import type { Relation } from '../relation.ts';
import { quoteUnlessPlain, standardLiteral } from '../sql-text.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

export const IDENTIFIER_BYTES = 127;

/** Redshift folds names to lower case, quoted ones too, and cuts them without a word. */
export function fold(identifier: string): string {
  return cutToBytes(asciiLowerCase(identifier), IDENTIFIER_BYTES);
}

/** A name as Redshift keeps it, in quotes only where it needs them. */
export function quote(identifier: string): string {
  return quoteUnlessPlain(asciiLowerCase(identifier), RESERVED_WORDS);
}

export function relationName(relation: Relation): string {
  return `${quote(relation.schema)}.${quote(relation.name)}`;
}

/**
 * A value as a literal. In Redshift a backslash escapes in every string, so it is doubled as the quote is; `E'…'`,
 * PostgreSQL's answer, Redshift does not know.
 */
export function literal(value: Scalar): string {
  return standardLiteral(typeof value === 'string' ? value.replaceAll('\\', '\\\\') : value);
}

/** Literals as they stand in `in (…)`; an empty list matches nothing. */
export function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'null' : texts.map(literal).join(', ');
}
