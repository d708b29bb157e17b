import { type Behaviour, doc, issue, memory, refuse, type Source, type Statement } from '../behaviour.ts';
import { closing } from '../statement.ts';

type Words = readonly string[];

/** A clause that is found by the words around a place, and what Redshift says to it. */
function clause(
  name: string,
  source: Source,
  isAt: (words: Words, at: number) => boolean,
  told: (words: Words, at: number) => { readonly message: string; readonly code: string },
): Behaviour {
  return {
    name,
    source,
    apply({ words, tokens }) {
      const at = words.findIndex((_, index) => tokens[index]?.kind !== 'string' && isAt(words, index));
      if (at < 0) return undefined;
      const { message, code } = told(words, at);
      return refuse(message, code);
    },
  };
}

function near(words: Words, at: number) {
  return { message: `syntax error at or near "${words[at]}"`, code: '42601' };
}

function noFunction(words: Words, at: number) {
  return { message: `function ${words[at]}(…) does not exist`, code: '42883' };
}

const MISSING_FUNCTIONS =
  /^(?:string_agg|array_agg|json_agg|jsonb_\w+|json_build_\w+|gen_random_uuid|pg_(?:try_)?advisory_\w+|nextval|currval|setval|format|to_jsonb?|row_to_json|regexp_matches|regexp_split_to_\w+|array_(?:append|length|position|to_string)|string_to_array|make_date|make_interval|date_bin|width_bucket|num_nulls|encode)$/;

export const refusedClauses: readonly Behaviour[] = [
  clause(
    'no FILTER',
    memory('not in the grammar of the documentation'),
    (words, at) => words[at] === 'filter' && words[at - 1] === ')' && words[at + 1] === '(',
    (words, at) => near(words, at + 1),
  ),
  clause(
    'no DISTINCT ON',
    memory('not in the grammar of the documentation'),
    (words, at) => words[at] === 'distinct' && words[at + 1] === 'on' && words[at + 2] === '(',
    () => ({ message: 'SELECT DISTINCT ON is not supported', code: '0A000' }),
  ),
  clause('VALUES in INSERT only', doc('c_unsupported-postgresql-features'), isValuesTable, near),
  clause(
    'no WINDOW clause',
    memory('not in the grammar of the documentation'),
    (words, at) => words[at] === 'window' && words[at + 2] === 'as' && words[at + 3] === '(',
    near,
  ),
  clause(
    'no LATERAL',
    doc('r_FROM_clause30'),
    (words, at) => words[at] === 'lateral' && [',', 'join', 'from'].includes(words[at - 1] ?? ''),
    near,
  ),
  clause(
    'no TABLESAMPLE',
    doc('r_FROM_clause30'),
    (words, at) => words[at] === 'tablesample' && words[at + 2] === '(',
    near,
  ),
  clause(
    'no arrays',
    doc('c_unsupported-postgresql-datatypes'),
    (words, at) => words[at] === '[' && (words[at - 1] === 'array' || words[at + 1] === ']'),
    near,
  ),
  clause(
    'no IS DISTINCT FROM',
    doc('c_unsupported-postgresql-features'),
    (words, at) =>
      words[at] === 'distinct' && words[at + 1] === 'from' && ['is', 'not'].includes(words[at - 1] ?? ''),
    near,
  ),
  clause(
    'no operators of JSON',
    memory('there is no JSON type'),
    (words, at) => /^(?:->>?|#>>?|@>|<@)$/.test(words[at] ?? ''),
    (words, at) => ({ message: `operator does not exist: ${words[at]}`, code: '42883' }),
  ),
  clause(
    'functions that PostgreSQL has and Redshift has not',
    doc('c_unsupported-postgresql-functions'),
    (words, at) => words[at + 1] === '(' && words[at - 1] !== '.' && MISSING_FUNCTIONS.test(words[at] ?? ''),
    noFunction,
  ),
  clause(
    'WITH RECURSIVE at the top only',
    doc('r_WITH_clause'),
    (words, at) => words[at] === 'recursive' && words[at - 1] === 'with' && words[at - 2] === '(',
    near,
  ),
];

function isValuesTable(words: Words, at: number): boolean {
  if (words[at] !== 'values' || words[at + 1] !== '(') return false;
  return at === 0 || ['(', 'from', 'as', 'union', 'all', 'except', 'intersect'].includes(words[at - 1] ?? '');
}

export const noEscapeStrings: Behaviour = {
  name: 'E’…’ is no literal',
  source: issue('npgsql/npgsql#515'),
  apply({ words, tokens }) {
    const at = tokens.findIndex(
      ({ kind, start }, index) =>
        kind === 'string' && words[index - 1] === 'e' && tokens[index - 1]?.start === start - 1,
    );
    return at < 0 ? undefined : refuse('type "e" does not exist', '42704');
  },
};

/** Functions that are computed from sorted values, and how each says the order. */
export const oneOrder: Behaviour = {
  name: 'LISTAGG, MEDIAN and percentiles of one SELECT have one order',
  source: doc('r_LISTAGG, r_MEDIAN'),
  apply({ words }) {
    const orders = new Map<number, string>();
    for (const [at, word] of words.entries()) {
      if (words[at + 1] !== '(' || !SORTED.has(word)) continue;
      const close = closing(words, at + 1);
      const isMedian = word === 'median';
      if (!isMedian && words[close + 1] !== 'within') continue;
      const end = isMedian ? close : closing(words, close + 3);
      if (words[end + 1] === 'over') continue;
      const order = words.slice(isMedian ? at + 2 : close + 6, end).join(' ');
      const scope = enclosing(words, at);
      if ((orders.get(scope) ?? order) !== order)
        return refuse('within group ORDER BY clauses for aggregate functions must be the same');
      orders.set(scope, order);
    }
    return undefined;
  },
};

const SORTED = new Set(['listagg', 'median', 'percentile_cont', 'percentile_disc']);

/** The place of the SELECT around a place. */
function enclosing(words: Words, from: number): number {
  let depth = 0;
  for (let at = from - 1; at >= 0; at--) {
    if (words[at] === ')') depth++;
    if (words[at] === '(') depth--;
    if (words[at] === 'select' && depth <= 0) return at;
  }
  return -1;
}

const AGGREGATES =
  /^(?:avg|count|max|min|sum|stddev\w*|var\w*|first_value|last_value|nth_value|bool_and|bool_or|bit_and|bit_or|any_value)$/;
const RANKING = /^(?:row_number|rank|dense_rank|percent_rank|cume_dist|ntile|lag|lead)$/;

export const windows: Behaviour = {
  name: 'aggregate windows with ORDER BY need a frame of ROWS; ranking functions have none; no DISTINCT',
  source: issue('OHDSI/Achilles#232; c_Window_functions'),
  remembered: ['no COUNT(DISTINCT …) OVER'],
  apply(statement) {
    for (const [at, word] of statement.words.entries()) {
      if (word !== 'over' || statement.words[at + 1] !== '(') continue;
      const problem = windowProblem(statement, at);
      if (problem !== undefined) return refuse(problem);
    }
    return undefined;
  },
};

function windowProblem({ words }: Statement, over: number): string | undefined {
  const call = calledBefore(words, over);
  const inside = words.slice(over + 2, closing(words, over + 1));
  const hasOrder = inside.includes('order');
  const frame = inside.find((word) => word === 'rows' || word === 'range' || word === 'groups');
  if (words[call + 2] === 'distinct' && words[call] !== 'listagg')
    return 'DISTINCT is not supported for window functions';
  if (frame === 'range' || frame === 'groups')
    return `${frame.toUpperCase()} clause of window functions not yet implemented`;
  if (hasOrder && frame === undefined && AGGREGATES.test(words[call] ?? ''))
    return 'Aggregate window functions with an ORDER BY clause require a frame clause';
  if (frame !== undefined && RANKING.test(words[call] ?? ''))
    return `window specification should not contain frame clause for ${words[call]}`;
  return undefined;
}

/** The name of the function whose closing parenthesis is before OVER. */
function calledBefore(words: Words, over: number): number {
  let at = over - 1;
  while (at > 0 && words[at] !== ')') at--;
  let depth = 0;
  for (; at >= 0; at--) {
    if (words[at] === ')') depth++;
    if (words[at] === '(' && --depth === 0) break;
  }
  return at - 1;
}
