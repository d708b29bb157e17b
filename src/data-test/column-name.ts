import type { Dialect } from '../dialect/dialect.ts';
import { asciiLowerCase } from '../dialect/identifier.ts';
import type { GenericTest } from '../manifest/node.ts';
import { withoutComments } from './sql-expression.ts';

const PLAIN = /^[a-z_][a-z0-9_]*$/i;

const QUOTED = /^"((?:[^"]|"")+)"$/;

/**
 * A column's name as SQL has it, quoted only where it must be: a plain name means what it means without quotes.
 * A name that is written with its quotes, as dbt's users do, is taken without them.
 */
export function columnName(written: string, dialect: Dialect): string {
  const quoted = withoutQuotes(written);
  if (quoted !== undefined) return dialect.quote(quoted);
  return dialect.quote(isPlain(written) ? asciiLowerCase(written) : written);
}

/** A column or expression as people write it in YAML: a name is quoted where it must be, an expression is left alone but for its comments. */
export function columnExpression(text: string, dialect: Dialect): string {
  const trimmed = text.trim();
  return isPlain(trimmed) ? columnName(trimmed, dialect) : withoutComments(trimmed, dialect);
}

/** The column that a test is about, as SQL; the empty string for a test without one. */
export function testedColumn({ columnName: name, columnIsArgument }: GenericTest, dialect: Dialect): string {
  if (name === undefined) return '';
  return columnIsArgument ? columnExpression(name, dialect) : columnName(name, dialect);
}

/** The column that the text names, plainly or in quotes; undefined for an expression. */
export function nameOfColumn(text: string): string | undefined {
  const trimmed = text.trim();
  return isPlain(trimmed) ? trimmed : withoutQuotes(trimmed);
}

function withoutQuotes(written: string): string | undefined {
  return QUOTED.exec(written)?.[1]?.replaceAll('""', '"');
}

/** Whether the text is a name, as opposed to an expression. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}
