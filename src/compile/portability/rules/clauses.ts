import { locationWithin, type NodeOf } from '../pg-tree.ts';
import { QUALIFY_WINDOW } from '../redshift-syntax.ts';
import type { PortabilityRule, RuleContext } from '../rule.ts';

/** `sum(x) filter (where y)`. */
export const filterClause: PortabilityRule = {
  code: 'PRT-101',
  severity: 'error',
  what: 'FILTER clause',
  why: 'An aggregate has no FILTER clause on Redshift.',
  page: 'c_Aggregate_Functions',
  nodes: {
    FuncCall: ({ agg_filter, location }, { report }) => {
      if (agg_filter === undefined) return;
      report(location, {
        message: 'Redshift has no FILTER clause.',
        hint: 'Write the condition inside: sum(case when … then x end); or {{count_if "…"}}.',
      });
    },
  },
};

/** `select distinct on (a) …`. */
export const distinctOn: PortabilityRule = {
  code: 'PRT-102',
  severity: 'error',
  what: 'DISTINCT ON',
  why: 'SELECT knows DISTINCT of whole rows only.',
  page: 'r_SELECT_list',
  nodes: {
    SelectStmt: ({ distinctClause = [] }, { report }) => {
      const [first] = distinctClause;
      if (first === undefined || Object.keys(first).length === 0) return;
      report(locationWithin(first), {
        message: 'Redshift has no DISTINCT ON.',
        hint: 'Write qualify row_number() over (partition by … order by …) = 1, or {{deduplicate …}}.',
      });
    },
  },
};

/** `window w as (…)` and `over w`. */
export const windowClause: PortabilityRule = {
  code: 'PRT-104',
  severity: 'error',
  what: 'WINDOW clause',
  why: 'A window has no name on Redshift; it is written out after each OVER.',
  page: 'c_Window_functions',
  nodes: {
    WindowDef: ({ name, refname, location }, { report }) => {
      if ((name ?? refname) === undefined || name === QUALIFY_WINDOW) return;
      report(location, {
        message: `Redshift has no named windows: "${name ?? refname}".`,
        hint: 'Write the window after each OVER; a macro keeps it in one place.',
      });
    },
  },
};

/** `fetch first 10 rows only`. */
export const fetchFirst: PortabilityRule = {
  code: 'PRT-106',
  severity: 'error',
  what: 'FETCH FIRST',
  why: 'Rows are limited by LIMIT or TOP; FETCH belongs to cursors.',
  page: 'r_ORDER_BY_clause',
  tokens: (tokens, index, { reportToken }) => {
    const [fetch, next] = [tokens[index], tokens[index + 1]];
    if (fetch?.kind !== 'word' || !/^fetch$/i.test(fetch.text) || !/^(?:first|next)$/i.test(next?.text ?? ''))
      return;
    reportToken(fetch, { message: 'Redshift has no FETCH FIRST in a query.', hint: 'Write limit 10.' });
  },
};

/** `for update`, `for share`. */
export const lockingClause: PortabilityRule = {
  code: 'PRT-107',
  severity: 'error',
  what: 'FOR UPDATE',
  why: 'A query locks no rows on Redshift.',
  page: 'r_SELECT_synopsis',
  nodes: {
    SelectStmt: ({ lockingClause: clauses = [] }, { reportToken, statement }) => {
      const word = statement.tokens.findLast((token) => /^for$/i.test(token.text));
      if (clauses.length === 0 || word === undefined) return;
      reportToken(word, { message: 'Redshift has no FOR UPDATE or FOR SHARE.', hint: 'Leave it out.' });
    },
  },
};

/** `intersect all`, `except all`. */
export const setOperationAll: PortabilityRule = {
  code: 'PRT-110',
  severity: 'error',
  what: 'INTERSECT ALL, EXCEPT ALL',
  why: 'Only UNION takes ALL; INTERSECT and EXCEPT always make rows distinct.',
  page: 'r_UNION',
  nodes: {
    SelectStmt: ({ op, all, rarg }, { report }) => {
      if (all !== true || (op !== 'SETOP_INTERSECT' && op !== 'SETOP_EXCEPT')) return;
      const name = op === 'SETOP_INTERSECT' ? 'INTERSECT' : 'EXCEPT';
      report(locationWithin(rarg), {
        message: `Redshift has no ${name} ALL.`,
        hint: 'Number equal rows with row_number() first, or leave ALL out.',
      });
    },
  },
};

/** `insert … on conflict`, `returning`. */
export const conflictAndReturning: PortabilityRule = {
  code: 'PRT-111',
  severity: 'error',
  what: 'ON CONFLICT, RETURNING',
  why: 'DML gives no rows back, and keys are not enforced, so that nothing conflicts.',
  page: 'r_INSERT_30',
  nodes: {
    InsertStmt: (statement, { report }) => refuseReturning(statement, report),
    UpdateStmt: (statement, { report }) => refuseReturning(statement, report),
    DeleteStmt: (statement, { report }) => refuseReturning(statement, report),
    OnConflictClause: ({ location }, { report }) =>
      report(location, {
        message: 'Redshift has no ON CONFLICT.',
        hint: 'Delete the keys first, or use MERGE.',
      }),
  },
};

function refuseReturning(statement: object, report: RuleContext['report']): void {
  const returning = Object.entries(statement).find(([key]) => key.startsWith('returning'))?.[1];
  const isThere = Array.isArray(returning) ? returning.length > 0 : returning !== undefined;
  if (isThere) report(locationWithin(returning), { message: 'Redshift has no RETURNING.' });
}

/** `from t qualify …`, where QUALIFY would be read as the table's alias. */
export const qualifyAlias: PortabilityRule = {
  code: 'PRT-112',
  severity: 'error',
  what: 'QUALIFY after a table without an alias',
  why: 'Directly after FROM, the relation must have an alias before QUALIFY.',
  page: 'r_QUALIFY_clause',
  nodes: {
    SelectStmt: (select, { report }) => {
      const [window] = select.windowClause ?? [];
      const isQualify =
        window !== undefined && 'WindowDef' in window && window.WindowDef.name === QUALIFY_WINDOW;
      const between = select.whereClause ?? select.groupClause?.[0] ?? select.havingClause;
      const last = select.fromClause?.at(-1);
      if (!isQualify || between !== undefined || last === undefined || !lacksAlias(last)) return;
      report(window.WindowDef.location, {
        message: 'Redshift wants an alias for the table right before QUALIFY.',
        hint: 'Write from … as t qualify …',
      });
    },
  },
};

function lacksAlias(item: object): boolean {
  const [tag, node] = Object.entries(item)[0] ?? [];
  const { alias, quals, usingClause, rarg } = (node ?? {}) as Partial<NodeOf<'JoinExpr'>>;
  if (tag !== 'JoinExpr') return alias === undefined;
  return quals === undefined && usingClause === undefined && rarg !== undefined && lacksAlias(rarg);
}
