import type { Mutation } from './mutation.ts';
import { clauseBody, type SqlWord } from './sql-word.ts';

const FILTERS = new Set(['where', 'having', 'qualify']);

/** Each condition of each filter, replaced by one that always holds; conditions are what `and` joins at the top. */
export function droppedFilters(words: readonly SqlWord[]): readonly Mutation[] {
  return words.flatMap(({ keyword, clause }, at) =>
    FILTERS.has(keyword) && clause === keyword ? conditions(clauseBody(words, at)).flatMap(dropped) : [],
  );
}

function dropped(condition: readonly SqlWord[]): readonly Mutation[] {
  const [first, last] = [condition[0], condition.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ kind: 'filter', start: first.start, end: last.end, replacement: 'true' }];
}

/** Parts a condition at each `and` that belongs to no bracket, no `between` and no `case`. */
function conditions(words: readonly SqlWord[]): readonly (readonly SqlWord[])[] {
  const depth = words[0]?.depth ?? 0;
  const parts: SqlWord[][] = [[]];
  let cases = 0;
  let isBetween = false;
  for (const word of words) {
    const isTop = word.depth === depth && cases === 0;
    if (word.depth === depth && word.keyword === 'or' && cases === 0) return [words];
    if (isTop && word.keyword === 'and' && !isBetween) {
      parts.push([]);
      continue;
    }
    if (isTop && word.keyword === 'and') isBetween = false;
    if (isTop && word.keyword === 'between') isBetween = true;
    if (word.keyword === 'case') cases++;
    if (word.keyword === 'end') cases--;
    parts.at(-1)?.push(word);
  }
  return parts;
}
