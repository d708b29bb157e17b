import { lintSql } from '../../../../src/compile/portability/lint-sql.ts';
import { loadGrammar } from '../../../../src/compile/portability/pg-grammar.ts';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import { type Behaviour, issue, refuse } from '../behaviour.ts';
import { type Statement, textOf } from '../statement.ts';

const grammar = await loadGrammar();

/** The lint's own rule decides, so that SQL which no lint sees is held to it: modelwright's own, and that of tests. */
export const noUntypedColumns: Behaviour = {
  name: 'a bare string or NULL that a subquery selects has no type; it is not sorted, grouped, compared or cast',
  source: issue(
    'OHDSI/SqlRender#66, OHDSI/SqlRender#192, calogica/dbt-expectations#98, #99, #130, fleetio/dbt-segment#16, snowplow/dbt-snowplow-attribution#9',
  ),
  apply(statement) {
    const query = queryOf(statement);
    if (query === undefined || !isRefused(query)) return undefined;
    return refuse('failed to find conversion function from "unknown" to text', 'XX000');
  },
};

/** The query that a statement is, or makes a table or a view of, where it has literals and subqueries. */
function queryOf(statement: Statement): string | undefined {
  const { words, tokens } = statement;
  const hasLiteral = tokens.some(({ kind }) => kind === 'string') || words.includes('null');
  if (!hasLiteral || words.indexOf('select') === words.lastIndexOf('select')) return undefined;
  const at = words.findIndex((word) => word === 'select' || word === 'with');
  const end = words.slice(-4).join(' ') === 'with no schema binding' ? words.length - 4 : words.length;
  return textOf(statement, at, end);
}

function isRefused(sql: string): boolean {
  const findings = lintSql(sql, {
    dialect: redshiftDialect,
    grammar,
    declaredFunctions: new Set(),
    wrapped: false,
    declaredTypes: () => undefined,
  });
  return findings.some(({ code }) => code === 'PRT-156');
}
