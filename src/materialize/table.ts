import { tableStatements } from '../dialect/table-statements.ts';
import { type Materialization, versionStatements } from './materialization.ts';

/** A table: the query's rows, stored once. */
export const table: Materialization = {
  name: 'table',
  keyVersion: 2,
  relationKind: 'table',
  create: ({ dialect, version, select, config, columns }) =>
    versionStatements(
      tableStatements(dialect, version, { select, options: config.storage, columns }),
      select,
    ),
};
