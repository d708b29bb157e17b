import { beforeAll, expect, test } from 'vitest';
import { lintSql } from '../../../src/compile/portability/lint-sql.ts';
import { type Grammar, loadGrammar } from '../../../src/compile/portability/pg-grammar.ts';
import { redshiftDialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { caller } from '../../dialect/macros/macro-call.ts';
import { goldenTables } from '../../dialect/macros/macro-golden.ts';

let grammar: Grammar;
beforeAll(async () => {
  grammar = await loadGrammar();
});

test.each([...goldenTables()])('what %s writes for Redshift is not refused there', (macro, cases) => {
  for (const golden of cases) {
    const sql = caller(redshiftDialect)(macro, golden.arguments, golden.named);
    const isQuery = golden.rows !== undefined && golden.over === undefined;
    const from = golden.over === undefined ? '' : ` from (${golden.over}) as t`;
    const statement = isQuery ? sql : `select ${sql}${golden.rows ? '' : ' as result'}${from}`;
    const findings = lintSql(statement, {
      ...{
        dialect: redshiftDialect,
        grammar,
        declaredFunctions: new Set<string>(),
        wrapped: false,
        declaredTypes: () => undefined,
      },
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});
