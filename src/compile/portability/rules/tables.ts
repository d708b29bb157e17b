import type { Node } from 'libpg-query';
import { calledName, namesOf } from '../called-name.ts';
import { asNode, locationWithin } from '../pg-tree.ts';
import type { PortabilityRule, RuleContext } from '../rule.ts';
import { returnsRows } from '../set-returning.ts';

/** `values (1), (2)` where a table is due. */
export const valuesTable: PortabilityRule = {
  code: 'PRT-103',
  severity: 'error',
  what: 'VALUES as a table',
  why: 'A VALUES list is only allowed in INSERT.',
  page: 'c_unsupported-postgresql-features',
  nodes: {
    SelectStmt: ({ valuesLists = [] }, { above, report }) => {
      if (valuesLists.length === 0 || above.at(-1)?.tag === 'InsertStmt') return;
      report(locationWithin(valuesLists), {
        message: 'Redshift has no VALUES list as a table.',
        hint: 'Write select … union all select …, or put the rows into a static seed.',
      });
    },
  },
};

/** `from t, lateral (select …)`. */
export const lateral: PortabilityRule = {
  code: 'PRT-105',
  severity: 'error',
  what: 'LATERAL',
  why: 'A subquery of FROM cannot read the tables beside it.',
  page: 'r_FROM_clause30',
  nodes: {
    RangeSubselect: (table, { report }) => {
      if (table.lateral !== true) return;
      report(locationWithin(table.subquery), {
        message: 'Redshift has no LATERAL.',
        hint: 'Join to a query that groups by the key, or use a window function.',
      });
    },
  },
};

/** `from t tablesample system (10)`. */
export const tableSample: PortabilityRule = {
  code: 'PRT-108',
  severity: 'error',
  what: 'TABLESAMPLE',
  why: 'A table cannot be sampled in FROM.',
  page: 'r_FROM_clause30',
  nodes: {
    RangeTableSample: ({ location }, { report }) =>
      report(location, {
        message: 'Redshift has no TABLESAMPLE.',
        hint: 'Choose rows by a hash of their key: where mod(strtol(left(md5(id), 8), 16), 100) < 10.',
      }),
  },
};

/** `from generate_series(1, 10)`, `from unnest(…)`. */
export const tableFunction: PortabilityRule = {
  code: 'PRT-109',
  severity: 'error',
  what: 'Function as a table',
  why: 'Functions that return rows do not exist, or run on the leader node alone, where no table can be read.',
  page: 'c_unsupported-postgresql-functions',
  nodes: {
    RangeFunction: (node, { report }) => refuseTableFunction(node, report),
    RangeTableFunc: (node, { report }) => refuseTableFunction(node, report),
    JsonTable: (node, { report }) => refuseTableFunction(node, report),
    FuncCall: ({ funcname, location }, { report, above }) => {
      const inFrom = above.some(({ tag }) => tag === 'RangeFunction');
      if (!inFrom && returnsRows(calledName(funcname), above)) refuseTableFunction({ location }, report);
    },
  },
};

function refuseTableFunction(node: object, report: RuleContext['report']): void {
  report(locationWithin(node), {
    message: 'Redshift has no functions that return rows.',
    hint: 'For a list of days write {{date_spine …}}; for numbers, a recursive common table or a table of numbers.',
  });
}

const JOINS_ELSEWHERE = new Set(['semi', 'anti', 'asof', 'positional']);

/** `from t anti join u on …`. */
export const joinReadAsAlias: PortabilityRule = {
  code: 'PRT-113',
  severity: 'warning',
  what: 'SEMI, ANTI, ASOF and POSITIONAL joins',
  why: 'The word is read as an alias of the table before it, and the join as an inner one.',
  page: 'r_FROM_clause30',
  tokens: (tokens, index, { reportToken }) => {
    const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    if (token?.kind !== 'word' || !JOINS_ELSEWHERE.has(token.text.toLowerCase())) return;
    if (!/^join$/i.test(next?.text ?? '') || /^as$/i.test(before?.text ?? '')) return;
    reportToken(token, {
      message: `Redshift reads ${token.text.toUpperCase()} as the name of the table before it.`,
      hint: 'Write where exists (…), where not exists (…), or qualify row_number() over (…) = 1.',
    });
  },
};

/** `from a full join b on a.x > b.x`. */
export const fullJoin: PortabilityRule = {
  code: 'PRT-114',
  severity: 'error',
  what: 'FULL JOIN without equality',
  why: 'Both sides of a full join are matched by merging or hashing, which needs a condition with =.',
  page: 'r_Join_examples',
  nodes: {
    JoinExpr: ({ jointype, quals }, { report }) => {
      if (jointype !== 'JOIN_FULL' || quals === undefined || conditionsOf(quals).some(isEquality)) return;
      report(locationWithin(quals), {
        message: 'Redshift wants an equality in the condition of a full join.',
        hint: 'Join left and right separately with union all.',
      });
    },
  },
};

/** The conditions that all must hold. */
function conditionsOf(condition: Node): readonly Node[] {
  const both = asNode(condition, 'BoolExpr');
  return both?.boolop === 'AND_EXPR' ? (both.args ?? []).flatMap(conditionsOf) : [condition];
}

function isEquality(condition: Node): boolean {
  const { kind, name } = asNode(condition, 'A_Expr') ?? {};
  return kind === 'AEXPR_OP' && namesOf(name).at(-1) === '=';
}
