import type { TestCluster } from '../cluster.ts';
import { checksumSpecs } from './checksums.ts';
import { copySpecs } from './copy.ts';
import { functionSpecs } from './functions.ts';
import { isolationSpecs } from './isolation.ts';
import { lateBindingViewSpecs } from './late-binding-views.ts';
import { nameSpecs } from './names.ts';
import { projectSpecs } from './projects.ts';
import { readerSpecs } from './readers.ts';
import { rightSpecs } from './rights.ts';
import { sessionSpecs } from './sessions.ts';
import { statementSpecs } from './statements.ts';
import { tableSpecs } from './tables.ts';

/** What Redshift does, as far as it shows: on the stand-in, and on a live cluster where there is one. */
export function redshiftSpecs(cluster: TestCluster): void {
  sessionSpecs(cluster);
  isolationSpecs(cluster);
  statementSpecs(cluster);
  tableSpecs(cluster);
  lateBindingViewSpecs(cluster);
  copySpecs(cluster);
  nameSpecs(cluster);
  rightSpecs(cluster);
  readerSpecs(cluster);
  checksumSpecs(cluster);
  functionSpecs(cluster);
  projectSpecs(cluster);
}
