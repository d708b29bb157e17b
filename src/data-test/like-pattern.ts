import type { Dialect } from '../dialect/dialect.ts';

/** A LIKE condition; a backslash in the pattern makes the sign behind it mean itself, on every engine. */
export function like(column: string, pattern: string, dialect: Dialect): string {
  const escaped = pattern.includes('\\') ? ` escape ${dialect.literal('\\')}` : '';
  return `${column} like ${dialect.literal(pattern)}${escaped}`;
}
