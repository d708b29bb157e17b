import { type Behaviour, doc, rewrite, type Statement } from '../behaviour.ts';
import { closing, type Edit, edited, identifierOf, listItems, quoted, textOf } from '../statement.ts';

export const top: Behaviour = {
  name: 'SELECT TOP n',
  source: doc('r_SELECT_list'),
  apply(statement) {
    const { words, tokens } = statement;
    const edits: Edit[] = [];
    for (const [at, word] of words.entries()) {
      const before = words[at - 1];
      if (
        word !== 'top' ||
        (before !== 'select' && before !== 'distinct') ||
        tokens[at + 1]?.kind !== 'number'
      )
        continue;
      edits.push({ from: at, to: at + 2, text: '' });
      const end = endOfQuery(words, at);
      edits.push({ from: end, to: end, text: ` limit ${words[at + 1]} ` });
    }
    return rewrite(
      edited(
        statement,
        edits.sort((a, b) => a.from - b.from),
      ),
    );
  },
};

export const minus: Behaviour = {
  name: 'MINUS is EXCEPT',
  source: doc('r_UNION'),
  apply(statement) {
    const { words } = statement;
    const edits = words.flatMap((word, at) =>
      word === 'minus' && ['select', '(', 'with'].includes(words[at + 1] ?? '')
        ? [{ from: at, to: at + 1, text: 'except' }]
        : [],
    );
    return rewrite(edited(statement, edits));
  },
};

/** The rows that QUALIFY keeps are chosen by a query around the one that has it. */
export const qualify: Behaviour = {
  name: 'QUALIFY',
  source: doc('r_QUALIFY_clause'),
  apply(statement) {
    const at = statement.words.findLastIndex(
      (word, index) => word === 'qualify' && statement.tokens[index]?.kind === 'word',
    );
    if (at < 1) return undefined;
    const select = startOfQuery(statement.words, at);
    const end = endOfClause(statement.words, at);
    const from = fromOf(statement.words, select, at);
    const keep = `(${textOf(statement, at + 1, end)}) as "stand_in keeps"`;
    const list = textOf(statement, select + 1, from);
    const body = textOf(statement, from, at);
    const text =
      list.trim() === '*'
        ? `select ("stand_in qualified".source).* from (select ${aliasOf(statement, from, at)} as source, ${keep} ${body}) as "stand_in qualified" where "stand_in keeps"`
        : `select ${outputs(statement, select + 1, from).join(', ')} from (select ${list}, ${keep} ${body}) as "stand_in qualified" where "stand_in keeps"`;
    return rewrite(edited(statement, [{ from: select, to: end, text }]));
  },
};

/** The select that a word belongs to. */
function startOfQuery(words: readonly string[], before: number): number {
  let depth = 0;
  for (let at = before - 1; at >= 0; at--) {
    if (words[at] === ')') depth++;
    if (words[at] === '(') depth--;
    if (depth === 0 && words[at] === 'select') return at;
  }
  return 0;
}

const BEHIND = new Set(['order', 'limit', 'offset', 'union', 'intersect', 'except', 'minus', 'with', ')']);

function endOfClause(words: readonly string[], from: number): number {
  let at = from;
  while (at < words.length && !BEHIND.has(words[at] ?? ''))
    at = words[at] === '(' ? closing(words, at) + 1 : at + 1;
  return at;
}

function endOfQuery(words: readonly string[], from: number): number {
  let at = from;
  while (at < words.length && words[at] !== ')') at = words[at] === '(' ? closing(words, at) + 1 : at + 1;
  return at;
}

function fromOf(words: readonly string[], select: number, end: number): number {
  for (let at = select + 1; at < end; at++) {
    if (words[at] === '(') at = closing(words, at);
    else if (words[at] === 'from') return at;
  }
  return end;
}

/** What the one table behind FROM is called. */
function aliasOf(statement: Statement, from: number, to: number): string {
  const { words, tokens } = statement;
  let at = from + 1;
  if (words[at] === '(') at = closing(words, at) + 1;
  else while (words[at + 1] === '.') at += 2;
  if (words[at] !== '(' && words[at - 1] !== ')' && (at + 1 >= to || words[at + 1] === 'where'))
    return quoted(identifierOf(tokens[at]));
  const alias = words[at - 1] === ')' ? at : at + 1;
  return quoted(identifierOf(tokens[words[alias] === 'as' ? alias + 1 : alias]));
}

/** The names of the columns of a select list: the last word of each. */
function outputs(statement: Statement, from: number, to: number): readonly string[] {
  return listItems(statement.words, from, to).map((item) =>
    quoted(identifierOf(statement.tokens[item.to - 1])),
  );
}
