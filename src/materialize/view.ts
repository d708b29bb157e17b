import { isBoundLate } from '../manifest/storage-config.ts';
import { type Materialization, versionStatements } from './materialization.ts';

/** A view: the query itself, over the versions it was planned with. */
export const view: Materialization = {
  name: 'view',
  keyVersion: 2,
  relationKind: 'view',
  create: ({ dialect, version, select, config }) =>
    versionStatements(
      [dialect.createView(version, select, { lateBinding: isBoundLate(config, dialect) })],
      select,
    ),
};
