import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from '../dialect/token.ts';
import {
  CLAUSES,
  CLOSING,
  ENDS_FROM,
  FROM_FUNCTIONS,
  MEANINGFUL,
  MODIFICATIONS,
  OPENING,
  SET_MODIFIERS,
  SET_OPERATORS,
  TABLE_COMMANDS,
  TABLE_PREFIXES,
} from './clause-word.ts';
import { foldedName, isName, keyword, peek, type TokenCursor, take, tokenCursor } from './token-cursor.ts';

/**
 * A stray relation is something that SQL reads (or writes) without a `ref` or `source`, so that neither the graph nor
 * a version key would know of it. `start` and `end` are offsets in the SQL text.
 */
export interface StrayRelation {
  readonly kind: 'table' | 'file' | 'function' | 'modification';
  /** As written: `raw.events`, `'file.csv'`, `read_csv`, `delete`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The common table expressions that could be named there. */
  readonly commonTables: readonly string[];
}

/**
 * Finds every stray relation in a query by reading its canonical tokens as clauses: a name behind `from`, `join` or a comma of a
 * from list must be a common table expression in scope, a subquery, or a table function that reads nothing outside.
 */
export function findStrayRelations(tokens: readonly Token[], dialect: Dialect): readonly StrayRelation[] {
  const scan: Scan = { ...tokenCursor(tokens), dialect, found: [], depth: 0 };
  level(scan, new Map(), 'term');
  return scan.found;
}

interface Scan extends TokenCursor {
  readonly dialect: Dialect;
  readonly found: StrayRelation[];
  depth: number;
}

/** Common table expressions in scope: the name as the engine compares it, to the name as written. */
type Scope = ReadonlyMap<string, string>;

/**
 * What the next token of a level (the text between two parentheses) can be:
 * `term` the start of a query or expression, `selected` in a select list, `expression` in any other clause,
 * `table` where a table is due, `joined` behind a table of a from list, `operand` of PIVOT and its like,
 * `argument` of a function in whose arguments `from` is no clause.
 */
type Place = 'term' | 'selected' | 'expression' | 'table' | 'joined' | 'operand' | 'argument';

/** Deeper nesting than any engine parses: it refuses the statement itself. */
const DEEPEST = 1_000;

function level(scan: Scan, outer: Scope, first: Place): void {
  let scope = outer;
  let place = first;
  for (let token = peek(scan); token !== undefined; token = peek(scan)) {
    if (CLOSING.has(keyword(scan))) return;
    if (keyword(scan) === 'with' && (place === 'term' || place === 'table')) {
      scope = commonTables(scan, scope);
      place = 'term';
    } else if (place === 'table' || place === 'operand') {
      place = table(scan, scope, token, place);
    } else {
      place = clause(scan, scope, token, place);
    }
  }
}

/** Reads one token where names are columns, with the whole group that it may open. */
function clause(scan: Scan, scope: Scope, token: Token, place: Place): Place {
  const word = MEANINGFUL.has(keyword(scan)) && !isPlainName(scan) ? keyword(scan) : '';
  if (OPENING.has(word)) {
    group(scan, scope, FROM_FUNCTIONS.has(keyword(scan, -1)) || word !== '(' ? 'argument' : 'term');
    return place === 'term' ? 'expression' : place;
  }
  scan.at++;
  const next = place === 'term' ? 'expression' : place;
  if (place === 'argument' || word === '') {
    noteCall(scan, token, 'expression');
    return next;
  }
  if (word === 'select') return 'selected';
  if (word === 'from') return isDistinctFrom(scan) ? place : 'table';
  if (SET_OPERATORS.has(word)) return setOperator(scan);
  if (word === 'into' && place === 'selected') note(scan, 'modification', token, token);
  if (place === 'joined' && (word === 'join' || word === ',')) return 'table';
  if (place === 'joined' && ENDS_FROM.has(word)) return 'expression';
  if (place === 'term' && TABLE_COMMANDS.has(word) && isRelationName(peek(scan))) return 'operand';
  noteCall(scan, token, 'expression');
  return next;
}

/** Reads what stands where a table is due. */
function table(scan: Scan, scope: Scope, token: Token, place: 'table' | 'operand'): Place {
  const word = keyword(scan);
  const after = place === 'table' ? 'joined' : 'expression';
  if (place === 'table' && word === 'values' && keyword(scan, 1) === '(') return valuesTable(scan, scope);
  if (beginsTerm(scan, word) || CLAUSES.has(word)) return clause(scan, scope, token, 'term');
  if (word === '(') {
    group(scan, scope, 'table');
    return after;
  }
  if (TABLE_PREFIXES.has(word) || (word === 'rows' && keyword(scan, 1) === 'from')) {
    scan.at += word === 'rows' ? 2 : 1;
    return place;
  }
  if (isName(token)) return namedTable(scan, scope, place) ? place : after;
  if (token.kind === 'string') note(scan, 'file', token, token);
  scan.at++;
  return after;
}

/** Reads `values (1), (2)` in a from list, where further tables may follow. */
function valuesTable(scan: Scan, scope: Scope): Place {
  do {
    scan.at++;
    group(scan, scope, 'term');
  } while (keyword(scan) === ',' && keyword(scan, 1) === '(');
  return 'joined';
}

/** Reads a dotted name in a table's place; true if it was only an alias in front of the table (`alias: table`). */
function namedTable(scan: Scan, scope: Scope, place: 'table' | 'operand'): boolean {
  const first = scan.at;
  scan.at++;
  while (keyword(scan) === '.' && isName(peek(scan, 1))) scan.at += 2;
  const names = scan.tokens.slice(first, scan.at);
  const [head, last] = [names[0], names.at(-1)];
  if (head === undefined || last === undefined) return false;
  if (place === 'table' && take(scan, ':')) return true;
  if (keyword(scan) === '(') noteCall(scan, last, 'table');
  else if (names.length > 1 || !scope.has(foldedName(scan.dialect, head)))
    note(scan, 'table', head, last, scope);
  return false;
}

/** Reads `with [recursive] name [(columns)] as [[not] materialized] (query), …`, and gives the scope behind it. */
function commonTables(scan: Scan, outer: Scope): Scope {
  const scope = new Map(outer);
  scan.at++;
  const recursive = take(scan, 'recursive');
  do {
    const name = peek(scan);
    if (!isName(name)) return scope;
    scan.at++;
    if (recursive) scope.set(foldedName(scan.dialect, name), name.text);
    skipTo(scan, 'as');
    take(scan, 'not');
    take(scan, 'materialized');
    const body = peek(scan, 1);
    if (body !== undefined && MODIFICATIONS.has(keyword(scan, 1))) note(scan, 'modification', body, body);
    if (keyword(scan) === '(') group(scan, scope, 'term');
    scope.set(foldedName(scan.dialect, name), name.text);
  } while (take(scan, ','));
  return scope;
}

/** Passes a common table's column list, up to and including the keyword. */
function skipTo(scan: Scan, word: string): void {
  for (let token = peek(scan); token !== undefined && !take(scan, word); token = peek(scan)) {
    if (keyword(scan) === '(') group(scan, new Map(), 'argument');
    else if (isName(token)) scan.at++;
    else return;
  }
}

function setOperator(scan: Scan): Place {
  while (SET_MODIFIERS.has(keyword(scan))) scan.at++;
  return 'term';
}

/** Reads from an opening parenthesis or bracket to the closing one. */
function group(scan: Scan, scope: Scope, place: Place): void {
  scan.at++;
  if (++scan.depth > DEEPEST) scan.at = scan.tokens.length;
  level(scan, scope, place);
  scan.at++;
  scan.depth--;
}

/** Notes a call of a function that reads what no argument holds: files, other databases, a table by its name. */
function noteCall(scan: Scan, name: Token, place: 'table' | 'expression'): void {
  const called = keyword(scan) === '(' && isName(name);
  if (called && scan.dialect.isExternalFunction(foldedName(scan.dialect, name), place)) {
    note(scan, 'function', name, name);
  }
}

function note(
  scan: Scan,
  kind: StrayRelation['kind'],
  first: Token,
  last: Token,
  scope: Scope = new Map(),
): void {
  const start = first.start;
  const end = last.start + last.text.length;
  const text = joined(scan, first, last);
  scan.found.push({ kind, text, start, end, commonTables: [...scope.values()] });
}

function joined(scan: Scan, first: Token, last: Token): string {
  const [from, to] = [scan.tokens.indexOf(first), scan.tokens.indexOf(last)];
  return scan.tokens
    .slice(from, to + 1)
    .map((token) => token.text)
    .join('');
}

/** A word behind a dot or `as` is a name, whatever it says; so is the second one of `as as` and of `r.as`. */
function isPlainName(scan: Scan, ahead = 0): boolean {
  if (peek(scan, ahead)?.kind !== 'word') return false;
  const before = keyword(scan, ahead - 1);
  return before === '.' || (before === 'as' && !isPlainName(scan, ahead - 1));
}

/** Whether the `from` that was just read belongs to `is [not] distinct from`. */
function isDistinctFrom(scan: Scan): boolean {
  return keyword(scan, -2) === 'distinct' && ['is', 'not'].includes(keyword(scan, -3));
}

/** Whether a word in a table's place begins a query instead, as it does behind a parenthesis. */
function beginsTerm(scan: Scan, word: string): boolean {
  if (word === 'values') return keyword(scan, 1) === '(';
  if (TABLE_COMMANDS.has(word)) return keyword(scan, -1) === '(' && isRelationName(peek(scan, 1));
  return word === 'select' || word === 'from';
}

function isRelationName(token: Token | undefined): boolean {
  return isName(token) || token?.kind === 'relation' || token?.kind === 'string';
}
