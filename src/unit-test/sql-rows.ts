import { statementOfFixture } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { RowText } from '../manifest/node.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { answerOrRefusal } from './embedded-engine.ts';
import type { InferredColumn } from './inferred-column.ts';

/** Rows that are SQL: a query that can stand between parentheses, and the columns that it gives. */
export interface SqlRows {
  readonly fixture: RowText<'sql'>;
  readonly query: string;
  readonly columns: readonly InferredColumn[];
}

/** Has the engine describe rows that are SQL. Undefined when it refuses them, which is reported at their place. */
export async function describeSqlRows(
  fixture: RowText<'sql'>,
  session: Session,
  report: Report,
): Promise<SqlRows | undefined> {
  const query = fixture.text.replace(/[\s;]+$/, '');
  const [before, behind] = ['select * from (\n', '\n) as fixture\nlimit 0'];
  const described = await answerOrRefusal(session, `${before}${query}${behind}`, ({ message, position }) => {
    const span = position === undefined ? fixture.span : fixture.spanAt(position - before.length);
    report(statementOfFixture({ reason: message, span }));
  });
  return described && { fixture, query, columns: described.columns };
}
