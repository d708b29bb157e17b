import type { ParseResult } from 'libpg-query';

/** PostgreSQL's own grammar: a syntax tree, or where the text stops making sense. */
export type Grammar = (sql: string) => ParsedSql;

export type ParsedSql =
  | { readonly kind: 'tree'; readonly tree: ParseResult }
  /** `offset` counts UTF-16 units from 0. */
  | { readonly kind: 'error'; readonly message: string; readonly offset: number };

/** Loads the grammar, which is WebAssembly of two megabytes; once in a process. */
export async function loadGrammar(): Promise<Grammar> {
  const { hasSqlDetails, loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return (sql) => {
    if (sql.trim() === '') return { kind: 'error', message: 'there is no statement', offset: 0 };
    try {
      return { kind: 'tree', tree: parseSync(sql) };
    } catch (error) {
      if (!hasSqlDetails(error)) throw error;
      const { message, cursorPosition } = error.sqlDetails ?? { message: error.message, cursorPosition: 0 };
      return { kind: 'error', message, offset: unitsOfCharacters(sql, Math.max(0, cursorPosition)) };
    }
  };
}

/** PostgreSQL counts an error's place in characters, and JavaScript a character beyond 16 bits as two. */
function unitsOfCharacters(text: string, characters: number): number {
  let units = 0;
  for (let left = characters; left > 0 && units < text.length; left--) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Gives for an offset in bytes of UTF-8, as places in a tree are counted, the offset in UTF-16 units. */
export function unitsOfBytes(text: string): (bytes: number) => number {
  if (Buffer.byteLength(text) === text.length) return (bytes) => bytes;
  const units: number[] = [];
  for (let at = 0; at < text.length; ) {
    const width = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    for (let byte = Buffer.byteLength(text.slice(at, at + width)); byte > 0; byte--) units.push(at);
    at += width;
  }
  return (bytes) => units[bytes] ?? text.length;
}
