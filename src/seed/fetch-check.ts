import { gzipSync } from 'node:zlib';
import { probeNotLoaded } from '../diagnostic/catalogue/check.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Landing } from '../landing/landing.ts';
import { loadFolder, writeLoadManifest } from '../landing/load-manifest.ts';
import type { FetchAccess } from '../project/fetch-access.ts';
import { readSchemas } from '../store/catalog.ts';
import { rolledBack } from '../warehouse/rolled-back.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { NULL_MARKER } from './csv-cell.ts';
import { fetchedFrom } from './fetched-from.ts';

/** What a warehouse is to fetch, and into which schema. */
export interface Fetching {
  readonly landing: Landing;
  readonly access: FetchAccess;
  readonly schema: string;
}

const COLUMNS = [{ name: 'probe', type: { kind: 'integer' } }] as const;

/**
 * Lands a row and has the warehouse fetch it, with its own role and its own way of loading, in a transaction that is rolled
 * back; nothing stays. Says what it saw; throws a DiagnosticError where the warehouse refuses, or finds no row.
 */
export async function seeFetching(session: Session, dialect: Dialect, fetching: Fetching): Promise<string> {
  const { landing, access } = fetching;
  const loadId = `debug-${process.pid}-${Date.now()}`;
  const part = `${loadFolder(loadId)}/probe.csv.gz`;
  const written = [part];
  try {
    await landing.write(part, gzipSync('probe\n1\n'));
    const { url, path } = await writeLoadManifest(landing, loadId, 'probe', [part]);
    written.push(path);
    const rows = await fetchedRows(session, dialect, fetching, url);
    if (rows === 1) return `the role ${access.iamRole} reads ${landing.address}`;
    throw refused(fetching, `of one row, ${rows} arrived`);
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    throw refused(fetching, error.message);
  } finally {
    await Promise.allSettled(written.map((path) => landing.remove(path)));
  }
}

function refused({ landing: { address }, access }: Fetching, reason: string): DiagnosticError {
  return new DiagnosticError([probeNotLoaded({ address, role: access.iamRole, reason })]);
}

async function fetchedRows(
  session: Session,
  dialect: Dialect,
  { landing, access, schema }: Fetching,
  url: string,
): Promise<number> {
  const into: Relation = { schema, name: `_debug_${process.pid}` };
  const from = await fetchedFrom(landing, access, url);
  const schemas = (await readSchemas(session, dialect)).map((name) => dialect.fold(name));
  return rolledBack(session, async () => {
    if (!schemas.includes(dialect.fold(schema))) await session.execute(dialect.createSchema(schema));
    await session.execute(dialect.createTable(into, COLUMNS));
    await session.execute(dialect.loadCsv({ into, columns: COLUMNS, nullMarker: NULL_MARKER, from }));
    const { rows } = await session.query(`select count(*) as loaded from ${dialect.relation(into)}`);
    return Number(rows[0]?.['loaded']);
  });
}
