import { createHash } from 'node:crypto';
import { edited, identifierOf, quoted, statementOf } from './statement.ts';

/** Redshift cuts a name there, and says nothing. */
const MOST_BYTES = 127;
/** PostgreSQL cuts it here. */
const POSTGRES_BYTES = 63;
const KEPT_BYTES = 50;
const SHORT_NAME = /[^\s".']*~[0-9a-f]{12}/g;

/** Names that are longer than PostgreSQL's, and what stands for each of them in PostgreSQL. */
export class LongNames {
  readonly #longs = new Map<string, string>();

  /** A statement with short names in the place of long ones, and those that are new. */
  shortened(sql: string): {
    readonly sql: string;
    readonly added: readonly (readonly [short: string, long: string])[];
  } {
    if (!/[^\s.,()]{64}|"[^"]{64}/.test(sql)) return { sql, added: [] };
    const statement = statementOf(sql);
    const added: [string, string][] = [];
    const edits = statement.tokens.flatMap((token, at) => {
      if (token.kind !== 'word' && token.kind !== 'quoted-identifier') return [];
      const name = cut(identifierOf(token), MOST_BYTES);
      if (Buffer.byteLength(name) <= POSTGRES_BYTES) return [];
      const short = shortName(name);
      if (!this.#longs.has(short)) added.push([short, name]);
      this.#longs.set(short, name);
      return [{ from: at, to: at + 1, text: quoted(short) }];
    });
    return { sql: edited(statement, edits) ?? sql, added };
  }

  /** A text of PostgreSQL's with the names as the client knows them. */
  told(text: string): string {
    if (this.#longs.size === 0) return text;
    return text.replace(SHORT_NAME, (short) => this.#longs.get(short) ?? short);
  }
}

function shortName(name: string): string {
  return `${cut(name, KEPT_BYTES)}~${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}

/** As many whole characters as fit. */
function cut(name: string, bytes: number): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join('')) > bytes) characters.pop();
  return characters.join('');
}
