import type { Materialization } from './materialization.ts';

/** A table: the query's rows, stored once. */
export const table: Materialization = {
  name: 'table',
  keyVersion: 1,
  relationKind: 'table',
  create: ({ dialect, version, select, config }) => {
    const options = { sort: config.sort, ...(config.dist !== undefined && { dist: config.dist }) };
    const sql = dialect.createTableAs(version, select, options);
    return { sql, selectAt: sql.indexOf(select) };
  },
};
