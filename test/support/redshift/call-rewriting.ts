import type { Token } from '../../../src/dialect/token.ts';
import type { Statement } from './behaviour.ts';
import { closing, listItems } from './statement.ts';

/** A call of a function, what stands in it already rewritten. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  /** What stands in `within group (…)`. */
  readonly within: string | undefined;
}

/** Another text for a call; undefined: it stays. */
export type CallRewrite = (call: Call) => string | undefined;

/** Rewrites calls by the names of their functions, the inner ones first; undefined where none is to be rewritten. */
export function rewriteCalls(
  statement: Statement,
  rewrites: ReadonlyMap<string, CallRewrite>,
): string | undefined {
  if (!statement.words.some((_, at) => isCall(statement, at, rewrites))) return undefined;
  return rendered(statement, 0, statement.tokens.length, rewrites);
}

/** Words before a name with a parenthesis that make it no call. */
const NO_CALL = new Set([
  '.',
  'table',
  'into',
  'view',
  'with',
  'exists',
  'as',
  'on',
  'group',
  'role',
  'user',
]);

function isCall(
  { words, tokens }: Statement,
  at: number,
  rewrites: ReadonlyMap<string, CallRewrite>,
): boolean {
  return (
    tokens[at]?.kind === 'word' &&
    words[at + 1] === '(' &&
    rewrites.has(words[at] ?? '') &&
    !NO_CALL.has(words[at - 1] ?? '')
  );
}

function rendered(
  statement: Statement,
  from: number,
  to: number,
  rewrites: ReadonlyMap<string, CallRewrite>,
): string {
  if (from === to) return '';
  const { words, tokens, sql } = statement;
  let result = '';
  let done = tokens[from]?.start ?? 0;
  for (let at = from; at < to; at++) {
    if (!isCall(statement, at, rewrites)) continue;
    const close = closing(words, at + 1);
    const args = listItems(words, at + 2, close).map((item) =>
      rendered(statement, item.from, item.to, rewrites),
    );
    const hasWithin = words[close + 1] === 'within' && words[close + 2] === 'group';
    const last = hasWithin ? closing(words, close + 3) : close;
    const within = hasWithin ? rendered(statement, close + 4, last, rewrites) : undefined;
    const call = { name: words[at] ?? '', args, within };
    result += sql.slice(done, tokens[at]?.start) + (rewrites.get(call.name)?.(call) ?? unchanged(call));
    done = endOf(tokens[last]);
    at = last;
  }
  return result + sql.slice(done, endOf(tokens[to - 1]));
}

function unchanged({ name, args, within }: Call): string {
  return `${name}(${args.join(', ')})${within === undefined ? '' : ` within group (${within})`}`;
}

function endOf(token: Token | undefined): number {
  return token === undefined ? 0 : token.start + token.text.length;
}
