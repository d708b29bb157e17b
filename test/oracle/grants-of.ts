import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import type { ReferenceProject } from './reference-project.ts';

/** Who may select from what is published, as the engine's catalog says: `daily to tableau`. */
export async function grantsOf(project: ReferenceProject): Promise<readonly string[]> {
  const { grantsQuery } = project.target === 'prod' ? redshiftDialect : postgresDialect;
  const { rows } = await project.query((session) => session.query(grantsQuery(['analytics'])));
  return rows.map((row) => `${row['table_name']} to ${row['grantee']}`);
}
