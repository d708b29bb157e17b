import type { Token } from '../../dialect/token.ts';
import { type EditedText, TokenEdits } from './token-edits.ts';

/** The name of the window that stands for a QUALIFY clause in the parsed tree. */
export const QUALIFY_WINDOW = 'qualify clause';

/**
 * Redshift's SQL as PostgreSQL's grammar can read it: what only Redshift has is taken out, or written as something of
 * the same place in the grammar. The text is for reading alone, and every place in it leads back to the original.
 */
export function postgresText(tokens: readonly Token[]): EditedText {
  const edits = new TokenEdits(tokens);
  for (let at = 0; at < edits.length; at++) {
    const token = edits.token(at);
    if (token?.kind === 'string') rewriteString(edits, at, token);
    else if (token?.kind === 'word' && isKeyword(edits, at)) REWRITES[token.text.toLowerCase()]?.(edits, at);
    else if (edits.word(at) === '(') rewriteOuterJoinMark(edits, at);
    else if (edits.word(at) === '[') rewriteTablePath(edits, at);
  }
  return edits.result();
}

type Rewrite = (edits: TokenEdits, at: number) => void;

const REWRITES: Readonly<Record<string, Rewrite | undefined>> = {
  top: rewriteTop,
  minus: rewriteMinus,
  qualify: rewriteQualify,
  approximate: rewriteApproximate,
  ignore: rewriteNullTreatment,
  respect: rewriteNullTreatment,
  pivot: rewritePivot,
  unpivot: rewritePivot,
  exclude: rewriteExclude,
  convert: rewriteConvert,
  array: rewriteCall,
  collate: rewriteCall,
  listagg: rewriteListagg,
  max: rewriteMaximum,
  all: rewriteGroupByAll,
  at: rewriteSuperIndex,
  start: rewriteHierarchy,
  connect: rewriteHierarchy,
  prior: rewritePrior,
  nocycle: rewriteNoCycle,
  try_cast: rewriteTryCast,
};

/** A word behind a dot or AS is a name. */
function isKeyword(edits: TokenEdits, at: number): boolean {
  const before = edits.word(at - 1);
  return before !== '.' && before !== 'as' && edits.word(at + 1) !== '.';
}

/** A backslash escapes the character behind it, as in no plain string of PostgreSQL; what a string says does not matter here. */
function rewriteString(edits: TokenEdits, at: number, { text }: Token): void {
  if (text.includes('\\')) edits.replace(at, text.replace(/\\./gs, '__'));
}

/** `select [distinct] top 10 …` */
function rewriteTop(edits: TokenEdits, at: number): void {
  const before = edits.word(at - 1);
  const isClause = before === 'select' || before === 'distinct' || before === 'all';
  if (isClause && edits.token(at + 1)?.kind === 'number') edits.remove(at, at + 2);
}

/** `… minus select …` */
function rewriteMinus(edits: TokenEdits, at: number): void {
  if (['select', '(', 'with'].includes(edits.word(at + 1))) edits.replace(at, 'except');
}

/** A condition behind HAVING: written as a window's order, which stands in that place and may hold any expression. */
function rewriteQualify(edits: TokenEdits, at: number): void {
  const next = edits.token(at + 1);
  if (at === 0 || next === undefined || [',', ')', 'from'].includes(edits.word(at + 1))) return;
  const last = lastOfClause(edits, at + 1);
  edits.replace(at, `window "${QUALIFY_WINDOW}" as (order by (`);
  edits.append(last, '))');
}

const BEHIND_QUALIFY = new Set([
  'order',
  'limit',
  'offset',
  'union',
  'intersect',
  'except',
  'minus',
  'fetch',
]);

function lastOfClause(edits: TokenEdits, from: number): number {
  let at = from;
  while (at < edits.length) {
    const word = edits.word(at);
    if (word === ')' || BEHIND_QUALIFY.has(word) || edits.token(at)?.kind === 'semicolon') break;
    at = word === '(' ? edits.closing(at) + 1 : at + 1;
  }
  return at - 1;
}

/** `approximate count(distinct x)` */
function rewriteApproximate(edits: TokenEdits, at: number): void {
  if (edits.token(at + 1)?.kind === 'word' && edits.word(at + 2) === '(') edits.remove(at);
}

/** `lag(x) ignore nulls over (…)`, `last_value(x ignore nulls) over (…)` */
function rewriteNullTreatment(edits: TokenEdits, at: number): void {
  if (edits.word(at + 1) === 'nulls') edits.remove(at, at + 2);
}

/** `from t pivot (…) as p`: a further table of the from list; `from t, unpivot t.value as v at k`: a table. */
function rewritePivot(edits: TokenEdits, at: number): void {
  const open = ['include', 'exclude'].includes(edits.word(at + 1)) ? at + 3 : at + 1;
  if (edits.word(open) === '(') {
    edits.replace(at, 'cross join "pivot"');
    edits.remove(at + 1, edits.closing(open) + 1);
  } else if (edits.word(at) === 'unpivot') edits.remove(at);
}

/** `select * exclude (a, b)` */
function rewriteExclude(edits: TokenEdits, at: number): void {
  if (edits.word(at - 1) !== '*') return;
  let end = edits.word(at + 1) === '(' ? edits.closing(at + 1) + 1 : at + 2;
  while (edits.word(at + 1) !== '(' && edits.word(end) === ',') end += 2;
  edits.remove(at, end);
}

/** `convert(numeric(8,2), x)`: a type in the place of an argument. */
function rewriteConvert(edits: TokenEdits, at: number): void {
  const isType = edits.token(at + 2)?.kind === 'word' && edits.word(at + 3) !== '.';
  if (edits.word(at + 1) === '(' && isType) edits.prepend(at + 2, 'null::');
}

/** A function whose name is a keyword of PostgreSQL: `array(1, 2)`, `collate(x, 'ci')`. */
function rewriteCall(edits: TokenEdits, at: number): void {
  const inside = edits.word(at + 2);
  const isCall = edits.word(at + 1) === '(' && inside !== 'select' && inside !== 'with';
  if (isCall) edits.replace(at, `"${edits.word(at)}"`);
}

/** `listagg(distinct x) within group (…)`, which PostgreSQL's parser refuses. */
function rewriteListagg(edits: TokenEdits, at: number): void {
  if (edits.word(at + 1) === '(' && edits.word(at + 2) === 'distinct') edits.remove(at + 2);
}

/** `varchar(max)` */
function rewriteMaximum(edits: TokenEdits, at: number): void {
  const isLength = edits.word(at - 1) === '(' && edits.word(at + 1) === ')';
  if (isLength && edits.token(at - 2)?.kind === 'word') edits.replace(at, '65535');
}

function rewriteGroupByAll(edits: TokenEdits, at: number): void {
  if (edits.word(at - 1) === 'by' && edits.word(at - 2) === 'group') edits.replace(at, '"all columns"');
}

/** `from t, t.items as item at position` */
function rewriteSuperIndex(edits: TokenEdits, at: number): void {
  const next = edits.token(at + 1);
  const isClause = next?.kind === 'word' && !['time', 'local'].includes(edits.word(at + 1));
  if (isClause && edits.token(at - 1)?.kind === 'word') edits.remove(at, at + 2);
}

/** `start with a connect by prior b = c`: further conditions. */
function rewriteHierarchy(edits: TokenEdits, at: number): void {
  const second = edits.word(at) === 'start' ? 'with' : 'by';
  if (edits.word(at + 1) !== second) return;
  edits.replace(at, hasCondition(edits, at) ? 'and' : 'where');
  edits.remove(at + 1);
}

/** Whether a WHERE, or what was made one, stands before a place in the same query. */
function hasCondition(edits: TokenEdits, before: number): boolean {
  let depth = 0;
  for (let at = before - 1; at >= 0; at--) {
    const word = edits.word(at);
    if (word === ')') depth++;
    if (word === '(' && depth-- === 0) return false;
    if (depth === 0 && (word === 'where' || word === 'connect' || word === 'start')) return true;
    if (depth === 0 && word === 'select') return false;
  }
  return false;
}

function rewriteNoCycle(edits: TokenEdits, at: number): void {
  if (edits.word(at - 1) === 'by') edits.remove(at);
}

function rewriteTryCast(edits: TokenEdits, at: number): void {
  if (edits.word(at + 1) === '(') edits.replace(at, 'cast');
}

function rewritePrior(edits: TokenEdits, at: number): void {
  const next = edits.token(at + 1)?.kind;
  if (next === 'word' || next === 'quoted-identifier') edits.remove(at);
}

/** `where a.id = b.id(+)` */
function rewriteOuterJoinMark(edits: TokenEdits, at: number): void {
  if (edits.word(at + 1) === '+' && edits.word(at + 2) === ')') edits.remove(at, at + 3);
}

/** `from t, t.orders[0].items as item`: a path to a list, of which the subscripts are left out. */
function rewriteTablePath(edits: TokenEdits, at: number): void {
  if (edits.token(at - 1)?.kind === 'operator' || clauseBefore(edits, at) !== 'from') return;
  let end = at;
  while (end < edits.length && edits.word(end) !== ']') end++;
  edits.remove(at, end + 1);
}

const CLAUSES = new Set(['select', 'from', 'where', 'on', 'by', 'having', 'qualify', 'using']);

/** The word that begins the clause around a place; '' where a parenthesis opens first. */
function clauseBefore(edits: TokenEdits, before: number): string {
  let depth = 0;
  for (let at = before - 1; at >= 0; at--) {
    const word = edits.word(at);
    if (word === ')') depth++;
    if (word === '(' && depth-- === 0) return '';
    if (depth === 0 && CLAUSES.has(word)) return word;
  }
  return '';
}
