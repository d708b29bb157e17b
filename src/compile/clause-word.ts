/** Brackets that open a group, and those that close one. */
export const OPENING = new Set(['(', '[', '{']);
export const CLOSING = new Set([')', ']', '}']);

/** Functions in whose arguments `from` is no clause. */
export const FROM_FUNCTIONS = new Set(['extract', 'substring', 'trim', 'overlay']);

/** Statements that read the table behind them. */
export const TABLE_COMMANDS = new Set([
  ...['table', 'describe', 'summarize', 'show'],
  ...['pivot', 'unpivot', 'pivot_wider', 'pivot_longer'],
]);

/** Between two queries, and what may stand behind these words. */
export const SET_OPERATORS = new Set(['union', 'intersect', 'except']);
export const SET_MODIFIERS = new Set(['all', 'distinct', 'by', 'name']);

/** In front of a table in a from list. */
export const TABLE_PREFIXES = new Set(['lateral', 'only']);

/** Statements that write. */
export const MODIFICATIONS = new Set(['insert', 'update', 'delete', 'merge', 'copy']);

/** Words that end a from list. */
export const ENDS_FROM = new Set([
  ...['where', 'group', 'having', 'order', 'limit', 'offset', 'fetch', 'window', 'qualify'],
]);

/** Words that are no table where a table is due. */
export const CLAUSES = new Set([
  ...[...ENDS_FROM, 'for', 'on', 'using'],
  ...['join', 'left', 'right', 'full', 'inner', 'cross', 'natural'],
]);

/** What can change the place outside a table's; every other word is passed over. */
export const MEANINGFUL = new Set([
  ...OPENING,
  ...SET_OPERATORS,
  ...ENDS_FROM,
  ...TABLE_COMMANDS,
  ...['select', 'from', 'into', 'join', ','],
]);
