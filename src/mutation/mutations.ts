import type { Dialect } from '../dialect/dialect.ts';
import { droppedFilters } from './dropped-filter.ts';
import type { Mutation, MutationKind } from './mutation.ts';
import { type SqlWord, sqlWords } from './sql-word.ts';

/**
 * The small mistakes that somebody could make in a query, each a mutation of its text: another kind of join, a window or a
 * limit that is off by one, a comparison that takes or leaves its bound, a `distinct` or a condition left out, plus for
 * minus. (The operators are those of mutation testing since DeMillo, Lipton and Sayward 1978, for SQL as in Tuya,
 * Suárez-Cabal and de la Riva 2007.)
 */
export function mutations(sql: string, dialect: Dialect): readonly Mutation[] {
  const words = sqlWords(sql, dialect);
  const ofWords = words.flatMap((_, at) => OPERATORS.flatMap((operator) => operator(words, at)));
  return [...ofWords, ...droppedFilters(words)].sort((one, other) => one.start - other.start);
}

/** Mutations of the words that begin at a place. */
type Operator = (words: readonly SqlWord[], at: number) => readonly Mutation[];

const OPERATORS: readonly Operator[] = [joins, bounds, comparisons, distincts, signs];

function joins(words: readonly SqlWord[], at: number): readonly Mutation[] {
  const join = words[at];
  if (join?.keyword !== 'join') return [];
  const outer = words[at - 1]?.keyword === 'outer' ? 1 : 0;
  const kind = words[at - 1 - outer];
  const begin = words[at - outer] ?? join;
  switch (kind?.keyword) {
    case 'left':
    case 'right':
      return [replaced('join', kind, join, 'inner join')];
    case 'full':
      return [replaced('join', kind, join, 'left join'), replaced('join', kind, join, 'right join')];
    case 'inner':
      return [replaced('join', kind, join, 'left join')];
    case 'cross':
    case 'natural':
    case 'asof':
    case 'positional':
      return [];
    default:
      return [replaced('join', begin, join, 'left join')];
  }
}

/** What a number that is no bound, but an amount or a limit, stands beside. */
const BESIDE_NUMBER = new Set([
  '<',
  '<=',
  '>',
  '>=',
  '=',
  '<>',
  '!=',
  '+',
  '-',
  '*',
  '/',
  '%',
  'between',
  'interval',
]);
const FRAME = new Set(['preceding', 'following']);
const TYPE_ARGUMENTS = new Set(['numeric', 'decimal', 'varchar', 'char']);

function bounds(words: readonly SqlWord[], at: number): readonly Mutation[] {
  const number = words[at];
  if (number?.kind !== 'number' || !/^\d+$/.test(number.text)) return [];
  const before = words[at - 1]?.keyword ?? '';
  const behind = words[at + 1]?.keyword ?? '';
  if (before === '(' && TYPE_ARGUMENTS.has(words[at - 2]?.keyword ?? '')) return [];
  if (!FRAME.has(behind) && !BESIDE_NUMBER.has(before) && !BESIDE_NUMBER.has(behind)) return [];
  return [replaced('bound', number, number, String(Number(number.text) + 1))];
}

const OTHER_COMPARISON: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '=': '<>',
  '<>': '=',
  '!=': '=',
};

/** Equality in the condition of a join is left alone: every row would meet every other. */
function comparisons(words: readonly SqlWord[], at: number): readonly Mutation[] {
  const word = words[at];
  if (word === undefined) return [];
  if (word.keyword === 'null' && words[at - 1]?.keyword === 'is')
    return [replaced('comparison', word, word, 'not null')];
  const negation = words[at - 1];
  if (word.keyword === 'null' && negation?.keyword === 'not' && words[at - 2]?.keyword === 'is')
    return [replaced('comparison', negation, word, 'null')];
  const other = OTHER_COMPARISON[word.keyword];
  const isEquality = word.keyword === '=' || word.keyword === '<>' || word.keyword === '!=';
  if (other === undefined || (isEquality && word.clause === 'on')) return [];
  return [replaced('comparison', word, word, other)];
}

function distincts(words: readonly SqlWord[], at: number): readonly Mutation[] {
  const word = words[at];
  const next = words[at + 1];
  const before = words[at - 1]?.keyword;
  if (word?.keyword === 'distinct' && (before === 'select' || before === '(') && next?.keyword !== 'on')
    return [replaced('distinct', word, word, '')];
  if (word?.keyword !== 'union') return [];
  const isAll = next?.keyword === 'all';
  return [isAll ? replaced('distinct', word, next, 'union') : replaced('distinct', word, word, 'union all')];
}

/** Words behind which a sign belongs to the number or the bracket that follows. */
const BEFORE_OPERAND = new Set([
  ...[
    'select',
    'distinct',
    'case',
    'when',
    'then',
    'else',
    'and',
    'or',
    'not',
    'in',
    'between',
    'by',
    'on',
    'where',
  ],
]);

function signs(words: readonly SqlWord[], at: number): readonly Mutation[] {
  const sign = words[at];
  const before = words[at - 1];
  if (sign === undefined || before === undefined || (sign.keyword !== '+' && sign.keyword !== '-')) return [];
  const isBinary = before.kind === 'operator' ? before.keyword === ')' : !BEFORE_OPERAND.has(before.keyword);
  return isBinary ? [replaced('sign', sign, sign, sign.keyword === '+' ? '-' : '+')] : [];
}

function replaced(kind: MutationKind, from: SqlWord, to: SqlWord, replacement: string): Mutation {
  return { kind, start: from.start, end: to.end, replacement };
}
