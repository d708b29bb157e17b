import { calledName } from '../called-name.ts';
import { asNode, findNodes, locationWithin, type NodeOf, type TreePlace } from '../pg-tree.ts';
import { blocksAway } from '../query-block.ts';
import type { PortabilityRule, QueryBlock } from '../rule.ts';

/** `with recursive` in a subquery, or without a list of columns. */
export const recursiveTable: PortabilityRule = {
  code: 'PRT-230',
  severity: 'error',
  what: 'Recursive common tables',
  why: 'WITH RECURSIVE stands at the top of the statement, not in a subquery, and a common table that reads itself names its columns.',
  page: 'r_WITH_clause',
  nodes: {
    CommonTableExpr: (table, { above, report, statement }) => {
      if (!isRecursive(table, above)) return;
      const inner = above.some(
        ({ tag }) => tag === 'SubLink' || tag === 'RangeSubselect' || tag === 'CommonTableExpr',
      );
      const name = table.ctename ?? '';
      if (inner || statement.wrapped) {
        report(table.location, {
          message: `Redshift takes the recursive common table "${name}" only at the top of a statement.`,
          hint: statement.wrapped
            ? 'A test is counted as a subquery: put the recursion into a model, and test that.'
            : 'Move the WITH to the top, or put it into a model of its own.',
        });
      } else if ((table.aliascolnames ?? []).length === 0) {
        report(table.location, {
          message: `Redshift wants the columns of the recursive common table "${name}" named.`,
          hint: `Write ${name} (a, b) as (…).`,
        });
      }
    },
  },
};

function isRecursive(table: NodeOf<'CommonTableExpr'>, above: readonly TreePlace[]): boolean {
  const clause = above.at(-1)?.node as NodeOf<'WithClause'> | undefined;
  if (clause?.recursive !== true) return false;
  return findNodes(table.ctequery, 'RangeVar').some(
    ({ relname, schemaname }) => schemaname === undefined && relname === table.ctename,
  );
}

/** `with x as materialized (…)`. */
export const materializedHint: PortabilityRule = {
  code: 'PRT-231',
  severity: 'error',
  what: 'MATERIALIZED, SEARCH and CYCLE',
  why: 'A common table takes no such clauses.',
  page: 'r_WITH_clause',
  nodes: {
    CommonTableExpr: ({ ctematerialized, search_clause, cycle_clause, location }, { report }) => {
      const plain = ctematerialized === undefined || ctematerialized === 'CTEMaterializeDefault';
      if (plain && search_clause === undefined && cycle_clause === undefined) return;
      report(location, {
        message: 'Redshift has no MATERIALIZED, SEARCH or CYCLE in WITH.',
        hint: 'Leave it out.',
      });
    },
  },
};

const PAGE = 'r_correlated_subqueries';

/** A subquery that reads a table of a query two levels out. */
export const skippedLevel: PortabilityRule = {
  code: 'PRT-240',
  severity: 'error',
  what: 'Correlation that skips a query',
  why: 'A subquery may read the query around it, but not the one around that.',
  page: PAGE,
  nodes: {
    ColumnRef: (column, { block, report }) => {
      if ((blocksAway(block, column) ?? 0) < 2) return;
      report(column.location, {
        message: `Redshift lets a subquery read only the query right around it, not ${qualified(column)}.`,
        hint: 'Write it as joins.',
      });
    },
  },
};

/** `left join b on b.x = (select … where c.y = b.y)`. */
export const correlatedInOuterJoin: PortabilityRule = {
  code: 'PRT-241',
  severity: 'error',
  what: 'Correlated subquery in the ON of an outer join',
  why: 'A subquery in the ON condition of an outer join cannot read the outer query.',
  page: PAGE,
  nodes: {
    ColumnRef: (column, { block, report }) => {
      if (block?.inOuterJoin !== true || blocksAway(block, column) !== 1) return;
      report(column.location, {
        message: 'Redshift takes no correlated subquery in the ON of an outer join.',
        hint: 'Compute it in a common table, and join that.',
      });
    },
  },
};

/** `where x in (select sum(y) over () from t where t.id = s.id)`. */
export const correlatedWindow: PortabilityRule = {
  code: 'PRT-242',
  severity: 'error',
  what: 'Correlated subquery with a window function',
  why: 'A subquery that holds a window function cannot read the outer query.',
  page: PAGE,
  nodes: {
    ColumnRef: (column, { block, report }) => {
      if (block === undefined || blocksAway(block, column) !== 1 || !holdsWindow(block)) return;
      report(column.location, {
        message: 'Redshift takes no window function in a correlated subquery.',
        hint: 'Compute the window in a common table, and join that.',
      });
    },
  },
};

function holdsWindow({ select }: QueryBlock): boolean {
  return findNodes([select.targetList, select.windowClause], 'FuncCall').some(
    ({ over }) => over !== undefined,
  );
}

/** `where x in (select sum(y) from t where t.id = s.id group by z)`. */
export const correlatedGroup: PortabilityRule = {
  code: 'PRT-243',
  severity: 'error',
  what: 'Correlated IN with an aggregate and GROUP BY',
  why: 'IN cannot be answered by a correlated subquery that groups, unless it takes MIN or MAX.',
  page: PAGE,
  nodes: {
    ColumnRef: (column, { block, report }) => {
      if (block?.link?.subLinkType !== 'ANY_SUBLINK' || blocksAway(block, column) !== 1) return;
      const { targetList, groupClause = [] } = block.select;
      const aggregates = findNodes(targetList, 'FuncCall').map(({ funcname }) => calledName(funcname));
      if (groupClause.length === 0 || !aggregates.some((name) => name !== 'min' && name !== 'max')) return;
      report(column.location, {
        message: 'Redshift takes no correlated subquery that groups after IN.',
        hint: 'Group in a common table, and join that.',
      });
    },
  },
};

/** `select (select count(*) …) as list from t group by list`. */
export const groupedBySubquery: PortabilityRule = {
  code: 'PRT-244',
  severity: 'error',
  what: 'GROUP BY the result of a correlated subquery',
  why: 'What a correlated subquery gives cannot be grouped by.',
  page: PAGE,
  nodes: {
    SelectStmt: ({ targetList = [], groupClause = [] }, { block, report }) => {
      for (const target of targetList) {
        const { name, val } = asNode(target, 'ResTarget') ?? {};
        const query = asNode(val, 'SubLink')?.subselect;
        if (query === undefined || !isCorrelatedTo(block, query) || !groupsBy(groupClause, name)) continue;
        report(locationWithin(val), {
          message: 'Redshift cannot group by the result of a correlated subquery.',
          hint: 'Compute it in a common table, and join that.',
        });
      }
    },
  },
};

function isCorrelatedTo(block: QueryBlock | undefined, query: unknown): boolean {
  const qualifiers = findNodes(query, 'ColumnRef').flatMap(({ fields = [] }) =>
    fields.length > 1 ? [asNode(fields[0], 'String')?.sval?.toLowerCase() ?? ''] : [],
  );
  const own = new Set(
    findNodes(query, 'RangeVar').map(({ alias, relname }) =>
      (alias?.aliasname ?? relname ?? '').toLowerCase(),
    ),
  );
  return qualifiers.some((name) => block?.names.has(name) === true && !own.has(name));
}

function groupsBy(groupClause: readonly object[], name: string | undefined): boolean {
  return findNodes(groupClause, 'ColumnRef').some(
    ({ fields = [] }) => fields.length === 1 && asNode(fields[0], 'String')?.sval === name,
  );
}

function qualified({ fields = [] }: NodeOf<'ColumnRef'>): string {
  return fields.map((field) => asNode(field, 'String')?.sval ?? '*').join('.');
}
