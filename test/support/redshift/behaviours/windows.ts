import { type Behaviour, doc, refuse, rewrite, type Statement } from '../behaviour.ts';
import { closing, type Edit, edited, listItems, textOf } from '../statement.ts';

/** Windows that PostgreSQL has not are computed from arrays over windows that it has. */
export const ownWindows: Behaviour = {
  name: 'IGNORE NULLS in windows, and windows of LISTAGG, MEDIAN and PERCENTILE_CONT',
  source: doc('r_WF_LAG, r_WF_first_value, r_WF_nth_value, r_WF_LISTAGG, r_WF_MEDIAN, r_WF_PERCENTILE_CONT'),
  apply(statement) {
    const edits: Edit[] = [];
    for (const [at, word] of statement.words.entries()) {
      if (word !== 'over' || statement.words[at + 1] !== '(') continue;
      const window = windowAt(statement, at);
      if (window === undefined) continue;
      const text = rewritten(window);
      if (text === undefined) return refuse(`the stand-in has no windows of ${window.name} with this order`);
      edits.push({ from: window.from, to: window.to, text });
    }
    return rewrite(
      edited(
        statement,
        edits.sort((a, b) => a.from - b.from),
      ),
    );
  },
};

/** A call with OVER, in parts of its text. */
interface Window {
  readonly name: string;
  readonly args: readonly string[];
  readonly isDistinct: boolean;
  readonly ignoresNulls: boolean;
  /** `order by …` of WITHIN GROUP. */
  readonly within: string | undefined;
  /** What is between the parentheses of OVER. */
  readonly over: string;
  readonly from: number;
  readonly to: number;
}

const SORTED = new Set(['listagg', 'median', 'percentile_cont']);
const NULLS = new Set(['ignore', 'respect']);

/** The window at an OVER, if it is one that PostgreSQL has not. */
function windowAt(statement: Statement, over: number): Window | undefined {
  const { words } = statement;
  let end = over;
  const outside = words[end - 1] === 'nulls' && NULLS.has(words[end - 2] ?? '') ? words[end - 2] : undefined;
  if (outside !== undefined) end -= 2;
  let open = opening(words, end - 1);
  let within: string | undefined;
  if (words[open - 1] === 'group' && words[open - 2] === 'within') {
    within = textOf(statement, open + 1, end - 1);
    end = open - 2;
    open = opening(words, end - 1);
  }
  const name = words[open - 1] ?? '';
  let last = end - 1;
  const inside =
    words[last - 1] === 'nulls' && NULLS.has(words[last - 2] ?? '') ? words[last - 2] : undefined;
  if (inside !== undefined) last -= 2;
  if (outside === undefined && inside === undefined && !SORTED.has(name)) return undefined;
  const isDistinct = words[open + 1] === 'distinct';
  return {
    ...{ name, within, isDistinct, from: open - 1, to: closing(words, over + 1) + 1 },
    ignoresNulls: (outside ?? inside) === 'ignore',
    args: listItems(words, isDistinct ? open + 2 : open + 1, last).map(({ from, to }) =>
      textOf(statement, from, to),
    ),
    over: textOf(statement, over + 2, closing(words, over + 1)),
  };
}

function opening(words: readonly string[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (words[at] === ')') depth++;
    if (words[at] === '(' && --depth === 0) return at;
  }
  return 0;
}

const BEFORE = 'rows between unbounded preceding and 1 preceding';
const BEHIND = 'rows between 1 following and unbounded following';
const WHOLE = 'rows between unbounded preceding and unbounded following';

/** The same in what PostgreSQL has; undefined where that cannot be. */
function rewritten(window: Window): string | undefined {
  const { name, args, over, within = '', ignoresNulls } = window;
  const [value = '', second] = args;
  const known = (frame: string) =>
    `array_agg(${value}) filter (where (${value}) is not null) over (${over} ${frame})`;
  switch (name) {
    case 'listagg': {
      const texts = `array_agg(nullif(cast(${value} as text), '')) over (${over} ${within} ${within === '' ? '' : WHOLE})`;
      return `stand_in.listed(${texts}, ${second ?? `''`}, ${window.isDistinct})`;
    }
    case 'median':
      return `stand_in.percentile(array_agg(cast(${value} as double precision)) over (${over}), 0.5)`;
    case 'percentile_cont': {
      const [, sorted, isDescending] = /^order by (.+?)(\s+desc)?(?:\s+asc)?$/is.exec(within) ?? [];
      if (sorted === undefined) return undefined;
      const share = isDescending === undefined ? value : `1 - (${value})`;
      return `stand_in.percentile(array_agg(cast(${sorted} as double precision)) over (${over}), ${share})`;
    }
    default:
      if (!ignoresNulls) return `${name}(${args.join(', ')}) over (${over})`;
  }
  switch (name) {
    case 'lag':
      return `stand_in.from_end(${known(BEFORE)}, ${second ?? 1})`;
    case 'lead':
      return `stand_in.from_start(${known(BEHIND)}, ${second ?? 1})`;
    case 'nth_value':
      return `stand_in.from_start(${known('')}, ${second ?? 1})`;
    case 'first_value':
    case 'last_value':
      return `stand_in.known_${name}(${value}) over (${over})`;
    default:
      return undefined;
  }
}
