import type { Materialization } from './materialization.ts';

/** A view: the query itself, over the versions it was planned with. */
export const view: Materialization = {
  name: 'view',
  keyVersion: 1,
  relationKind: 'view',
  create: ({ dialect, version, select }) => {
    const sql = dialect.createView(version, select);
    return { sql, selectAt: sql.indexOf(select) };
  },
};
