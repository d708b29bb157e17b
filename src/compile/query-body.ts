import type { Token } from '../dialect/token.ts';
import { markedRelation } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import { mappedJoin, mappedSlice, writtenBy } from './mapped-slice.ts';
import type { EphemeralQuery, Opening, Query } from './query.ts';

/**
 * The text of the tokens with common table names in place of the ephemeral models' markers, and aliases behind markers.
 * `canonical` are those of the tokens that mean something.
 */
export function queryBody(
  rendered: MappedText,
  tokens: readonly Token[],
  canonical: readonly Token[],
  read: ReadonlyMap<string, EphemeralQuery>,
  aliases: ReadonlyMap<Token, string>,
): Pick<Query, 'body' | 'opening'> {
  const [start, end] = [tokens[0]?.start ?? 0, endOf(tokens.at(-1))];
  const parts: MappedText[] = [];
  let from = start;
  for (const token of tokens) {
    const ephemeral = token.kind === 'relation' ? read.get(markerId(token)) : undefined;
    const alias = aliases.get(token);
    if (ephemeral === undefined && alias === undefined) continue;
    const name = ephemeral?.name ?? token.text;
    parts.push(mappedSlice(rendered, from, token.start));
    parts.push(
      writtenBy(alias === undefined ? name : `${name} as ${alias}`, rendered.map.originAt(token.start)),
    );
    from = endOf(token);
  }
  parts.push(mappedSlice(rendered, from, end));
  const body = parts.length === 1 ? mappedSlice(rendered, start, end) : mappedJoin(parts);
  return { body, opening: openingOf(canonical, start) };
}

/** Where common tables go in a query, by its canonical tokens; `start` is where its text begins. */
export function openingOf([first, second, third]: readonly Token[], start: number): Opening {
  const at = (token: Token | undefined) => (token?.start ?? start) - start;
  if (first?.text.toLowerCase() !== 'with') return { start: at(first), end: at(first), with: 'none' };
  const recursive = second?.text.toLowerCase() === 'recursive';
  return {
    start: at(first),
    end: at(recursive ? third : second),
    with: recursive ? 'with recursive' : 'with',
  };
}

/** The unique id in a relation token. */
export function markerId(marker: Token): string {
  return markedRelation(marker.text);
}

function endOf(token: Token | undefined): number {
  return token === undefined ? 0 : token.start + token.text.length;
}
