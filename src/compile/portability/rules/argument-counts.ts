import { calledName } from '../called-name.ts';
import type { PortabilityRule } from '../rule.ts';

/** The least and the most arguments of functions that other engines have with others. */
const COUNTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  add_months: [2, 2],
  charindex: [2, 2],
  date_part: [2, 2],
  date_trunc: [2, 2],
  dateadd: [3, 3],
  datediff: [3, 3],
  first_value: [1, 1],
  getdate: [0, 0],
  lag: [1, 2],
  last_day: [1, 1],
  last_value: [1, 1],
  lead: [1, 2],
  listagg: [1, 2],
  log: [1, 1],
  md5: [1, 1],
  median: [1, 1],
  months_between: [2, 2],
  nvl2: [3, 3],
  random: [0, 0],
  replace: [3, 3],
  sha2: [2, 2],
  split_part: [3, 3],
  strpos: [2, 2],
  to_char: [2, 2],
  to_date: [2, 3],
  to_timestamp: [2, 3],
};

const HINTS: Readonly<Record<string, string>> = {
  lag: 'Write coalesce(lag(x, 1) over (…), 0) for a value where there is no row.',
  lead: 'Write coalesce(lead(x, 1) over (…), 0) for a value where there is no row.',
  log: 'Write ln(x) / ln(2) for another base.',
  to_timestamp: "For seconds since 1970 write timestamp 'epoch' + x * interval '1 second'.",
  to_date: "Write to_date(x, 'YYYY-MM-DD'), or {{cast_to …}}.",
};

/** `lag(x, 1, 0)`, `to_timestamp(1700000000)`, `log(2, x)`. */
export const argumentCounts: PortabilityRule = {
  code: 'PRT-207',
  severity: 'error',
  what: 'Other numbers of arguments',
  why: 'Some functions take other numbers of arguments than elsewhere: LAG and LEAD have no default value, LOG no base, TO_DATE and TO_TIMESTAMP need a format.',
  page: 'c_SQL_functions',
  nodes: {
    FuncCall: ({ funcname, args = [], agg_star, location }, { report }) => {
      const name = calledName(funcname);
      const [least, most] = COUNTS[name] ?? [0, Number.POSITIVE_INFINITY];
      if (agg_star === true || (args.length >= least && args.length <= most)) return;
      const allowed = least === most ? String(least) : `${least} to ${most}`;
      const hint = HINTS[name];
      report(location, {
        message: `Redshift's ${name}() takes ${allowed} arguments, not ${args.length}.`,
        ...(hint !== undefined && { hint }),
      });
    },
  },
};
