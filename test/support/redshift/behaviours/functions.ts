import { type Behaviour, doc, Refusal, rewrite } from '../behaviour.ts';
import { type Call, type CallRewrite, rewriteCalls } from '../call-rewriting.ts';
import { type Edit, edited } from '../statement.ts';
import { datePart } from './date-part.ts';

/** Functions that PostgreSQL has under the same name with other results: the prelude has Redshift's. */
const OTHERWISE = `
  sum avg regexp_replace regexp_substr regexp_count regexp_instr json_extract_path_text json_array_length
  pg_get_viewdef
`;

const REWRITES: ReadonlyMap<string, CallRewrite> = new Map<string, CallRewrite>([
  ...OTHERWISE.trim()
    .split(/\s+/)
    .map((name): [string, CallRewrite] => [name, ({ args }) => `stand_in.${name}(${args.join(', ')})`]),
  ['dateadd', ofPart],
  ['datediff', ofPart],
  ['date_part', ofPart],
  ['date_trunc', ofPart],
  ['extract', extract],
  ['nvl', ({ args }) => `coalesce(${args.join(', ')})`],
  [
    'nvl2',
    ({ args: [given, some, none] }) => `case when (${given}) is not null then ${some} else ${none} end`,
  ],
  ['decode', decode],
  ['listagg', listagg],
  ['median', ({ args }) => `percentile_cont(0.5) within group (order by ${args.join(', ')})`],
  ['convert', ({ args: [type, value] }) => `cast(${value} as ${type})`],
  ['try_cast', () => refuse('the stand-in has no TRY_CAST')],
  ['fnv_hash', ({ args: [value = '', ...seed] }) => `fnv_hash(${[asText(value), ...seed].join(', ')})`],
]);

export const functions: Behaviour = {
  name: 'functions that Redshift has, or has otherwise: DATEADD, DATEDIFF, NVL, DECODE, LISTAGG, MEDIAN, AVG of whole numbers, …',
  source: doc('c_SQL_functions'),
  apply(statement) {
    try {
      return rewrite(rewriteCalls(statement, REWRITES));
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refuse', error: error.error };
      throw error;
    }
  },
};

function refuse(message: string): never {
  throw new Refusal({ code: '0A000', message });
}

/** Parts of dates stand bare or in quotes. */
function ofPart({ name, args: [part = '', ...others] }: Call): string {
  return `stand_in.${name}('${datePart(part)}', ${others.join(', ')})`;
}

/** Whole numbers, where PostgreSQL has fractions. */
function extract({ args: [whole = ''] }: Call): string | undefined {
  const [, part, moment] = /^(\w+|'\w+')\s+from\s+(.*)$/is.exec(whole) ?? [];
  return part === undefined || moment === undefined
    ? undefined
    : `stand_in.extracted('${datePart(part)}', ${moment})`;
}

/** NULL is found by NULL. */
function decode({ args: [searched, ...rest] }: Call): string {
  const pairs: string[] = [];
  let at = 0;
  for (; at + 1 < rest.length; at += 2)
    pairs.push(`when (${searched}) is not distinct from (${rest[at]}) then ${rest[at + 1]}`);
  return `case ${pairs.join(' ')} else ${rest[at] ?? 'null'} end`;
}

/** Empty texts are passed over. */
function listagg({ args: [given = '', separator = `''`], within }: Call): string {
  const distinct = /^(distinct\s)?(.*)$/is.exec(given);
  const order = within === undefined ? '' : ` ${within}`;
  return `string_agg(${distinct?.[1] ?? ''}nullif(cast(${distinct?.[2]} as text), ''), ${separator}${order})`;
}

/** A text whose type is not said is one, and not a hash of nothing in particular. */
function asText(value: string): string {
  return /^\s*'/.test(value) ? `cast(${value} as text)` : value;
}

export const sysdate: Behaviour = {
  name: 'SYSDATE is a word',
  source: doc('r_SYSDATE'),
  apply(statement) {
    const edits: Edit[] = [];
    for (const [at, word] of statement.words.entries()) {
      const isName = ['.', 'as'].includes(statement.words[at - 1] ?? '') || statement.words[at + 1] === '.';
      if (word === 'sysdate' && !isName) edits.push({ from: at, to: at + 1, text: 'stand_in.sysdate()' });
    }
    return rewrite(edited(statement, edits));
  },
};
