/** A process that builds a version and says so in the middle of it; its test kills it there. Argument: the database's path. */
import { buildVersion } from '../../src/store/build-version.ts';
import { claimVersion } from '../../src/store/claim.ts';
import { environmentOf } from '../../src/store/environment.ts';
import { startRun } from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

async function buildForEver(path: string): Promise<void> {
  const warehouse = await openDuckdb(path);
  const session = await warehouse.open();
  const { dialect } = warehouse;
  const environment = environmentOf('analytics', 'default');
  const run = { runId: 'run_1', process: 'killed' };
  await ensureStore(session, dialect, environment);
  await startRun(session, dialect, environment.store, { ...run, command: 'build', gitCommit: null });
  const request = { store: environment.store, key: 'k', node: 'model.shop.daily', name: 'daily', run };
  const claimed = await claimVersion(session, dialect, request);
  if (claimed.kind === 'built') throw new Error('the store was to be empty');
  const content = { kind: 'table', dependencies: [], live: false } as const;
  await buildVersion(session, dialect, claimed.claim, content, async () => {
    await session.execute(dialect.createTableAs(claimed.claim.relation, 'select 1 as n', {}));
    process.stdout.write('built, not committed\n');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
}

void buildForEver(process.argv[2] ?? '');
