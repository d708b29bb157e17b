import { calledName } from '../called-name.ts';
import type { NodeOf } from '../pg-tree.ts';
import type { PortabilityRule } from '../rule.ts';

/** Bits of a window's frame in the tree. */
const FRAME = { written: 0x1, range: 0x2, groups: 0x8, exclude: 0x38000 } as const;

/** Functions whose window with an order must have a frame. */
const FRAMED = new Set([
  ...['avg', 'count', 'max', 'min', 'sum', 'stddev', 'stddev_samp', 'stddev_pop'],
  ...['variance', 'var_samp', 'var_pop', 'first_value', 'last_value', 'nth_value'],
  ...['bool_and', 'bool_or', 'bit_and', 'bit_or', 'any_value'],
]);
const RANKING = new Set([
  ...['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead'],
]);
const WITHOUT_ORDER = new Set(['listagg', 'median', 'percentile_cont', 'percentile_disc', 'ratio_to_report']);

/** `count(distinct x) over (…)`. */
export const distinctWindow: PortabilityRule = {
  code: 'PRT-120',
  severity: 'error',
  what: 'DISTINCT in a window function',
  why: 'An aggregate over a window takes all values; only LISTAGG may take distinct ones.',
  page: 'r_WF_COUNT',
  nodes: {
    FuncCall: ({ over, agg_distinct, funcname, location }, { report }) => {
      if (over === undefined || agg_distinct !== true) return;
      report(location, {
        message: `Redshift has no ${calledName(funcname)}(distinct …) over a window.`,
        hint: 'Count in a grouped query and join it, or take the maximum of dense_rank().',
      });
    },
  },
};

/** `sum(x) over (order by y)`. */
export const missingFrame: PortabilityRule = {
  code: 'PRT-121',
  severity: 'error',
  what: 'Window with ORDER BY and no frame',
  why: 'An aggregate over a window with an order needs a frame; there is no default one.',
  page: 'c_Window_functions',
  nodes: {
    FuncCall: ({ over, funcname, location }, { report }) => {
      if (!hasOrder(over) || !FRAMED.has(calledName(funcname))) return;
      if (((over?.frameOptions ?? 0) & FRAME.written) !== 0) return;
      report(location, {
        message: `Redshift wants a frame for ${calledName(funcname)}() over (… order by …).`,
        hint: 'Write rows between unbounded preceding and current row; it counts rows where the default elsewhere takes equal ones together.',
      });
    },
  },
};

/** `range between …`, `groups between …`, `exclude current row`. */
export const otherFrame: PortabilityRule = {
  code: 'PRT-122',
  severity: 'error',
  what: 'RANGE and GROUPS frames',
  why: 'A frame is counted in rows: there is no RANGE, no GROUPS and no EXCLUDE.',
  page: 'r_Window_function_synopsis',
  nodes: {
    WindowDef: ({ frameOptions = 0, location }, { report }) => {
      if ((frameOptions & FRAME.written) === 0) return;
      const hint = 'Write rows between …; for days, join to a list of all days first.';
      if ((frameOptions & FRAME.range) !== 0)
        report(location, { message: 'Redshift has no RANGE frame.', hint });
      if ((frameOptions & FRAME.groups) !== 0)
        report(location, { message: 'Redshift has no GROUPS frame.', hint });
      if ((frameOptions & FRAME.exclude) !== 0)
        report(location, { message: 'Redshift has no EXCLUDE in a frame.', hint });
    },
  },
};

/** `rank() over (order by x rows …)`. */
export const needlessFrame: PortabilityRule = {
  code: 'PRT-123',
  severity: 'error',
  what: 'Frame of a ranking function',
  why: 'Ranking functions, LAG and LEAD take no frame.',
  page: 'r_Window_function_synopsis',
  nodes: {
    FuncCall: ({ over, funcname, location }, { report }) => {
      if (!RANKING.has(calledName(funcname)) || ((over?.frameOptions ?? 0) & FRAME.written) === 0) return;
      report(location, {
        message: `Redshift takes no frame for ${calledName(funcname)}().`,
        hint: 'Leave the frame out.',
      });
    },
  },
};

/** `median(x) over (order by y)`. */
export const needlessOrder: PortabilityRule = {
  code: 'PRT-124',
  severity: 'error',
  what: 'Order in a window that has none',
  why: 'The windows of LISTAGG, MEDIAN, PERCENTILE_CONT, PERCENTILE_DISC and RATIO_TO_REPORT are partitions, without order and frame.',
  page: 'r_WF_MEDIAN',
  nodes: {
    FuncCall: ({ over, funcname, location }, { report }) => {
      if (!hasOrder(over) || !WITHOUT_ORDER.has(calledName(funcname))) return;
      report(location, {
        message: `Redshift takes no ORDER BY in the window of ${calledName(funcname)}().`,
        hint: 'Leave the order out; values are ordered by WITHIN GROUP.',
      });
    },
  },
};

function hasOrder(over: NodeOf<'WindowDef'> | undefined): boolean {
  return (over?.orderClause ?? []).length > 0;
}
