import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Landing } from '../../src/landing/landing.ts';
import { openLanding } from '../../src/landing/open-landing.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { type LoadInput, load, type TableOutcome } from '../../src/seed/load.ts';
import { BUCKET, COPY_ROLE, describeRedshift } from '../support/redshift/database.ts';
import {
  CANCELLED,
  CONCURRENT_TRANSACTION,
  DISK_FULL,
  type FaultKind,
  SERIALIZABLE_VIOLATION,
} from '../support/redshift/fault.ts';
import { openStandIn } from '../support/redshift/open-redshift.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { recordStatements } from '../support/statements.ts';
import { scratchFolder } from './scratch-project.ts';

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'day', type: 'date' },
  { name: 'note', type: 'varchar' },
];

/** The statement itself; comments speak of copies too. */
const COPY = /copy analytics__raw\./;

describeRedshift('A load into the stand-in', (redshift) => {
  const on = openStandIn(redshift);
  let landing: Landing;
  let loads = 0;

  beforeEach(async () => {
    const restore = setEnvironment(AWS_ENVIRONMENT);
    await redshift.clear();
    redshift.server.faults.clear();
    const { endpoint } = redshift.s3;
    const address = `s3://${BUCKET}/zone-${loads}`;
    landing = await openLanding({ address, endpoint, region: 'us-east-1', forcePathStyle: true });
    return restore;
  });

  function loadNow(changes: Partial<LoadInput> = {}): Promise<readonly TableOutcome[]> {
    const access = { iamRole: COPY_ROLE };
    const { warehouse } = on;
    return load({ landing, warehouse, schema: 'analytics', loadId: `load-${loads++}`, access, ...changes });
  }

  function land(day: string, rows: readonly string[]) {
    const text = rows.map((row) => `${row}\n`).join('');
    const head = { table: 'orders', columns: COLUMNS, partition: { column: 'day', value: day } };
    return writeBatch(landing, head, [{ bytes: Buffer.from(text), rows: rows.length }]);
  }

  async function orders(): Promise<readonly string[]> {
    const { rows } = await on.session.query('select id, note from analytics__raw.orders order by id');
    return rows.map(({ id, note }) => `${id} ${note === null ? 'NULL' : JSON.stringify(note)}`);
  }

  const leftInZone = () => redshift.s3.keys(BUCKET).filter((key) => key.includes('/_loads/'));

  test('copies the new batches of a table in one statement, its state locked first, and nothing twice', async () => {
    await land('2025-01-01', ['1,2025-01-01,"a\nb"', '2,2025-01-01,', '3,2025-01-01,@NULL@']);
    await land('2025-01-02', [
      String.raw`4,2025-01-02,\N "quotes"`.replaceAll('"', '').replace('quotes', 'Größe'),
    ]);
    const { statements, result } = await recordStatements(() => loadNow());
    expect(result).toMatchObject([{ kind: 'loaded', batchesLoaded: 2, rowsLoaded: 4 }]);
    const sent = statements.map((sql) => sql.replace(/^\/\*.*\*\/\n/, ''));
    expect(sent.filter((sql) => sql.startsWith('copy '))).toHaveLength(1);
    const lock = sent.indexOf('lock table analytics__store._load', sent.indexOf('copy ') - 20);
    expect(sent[lock - 1]).toBe('begin');
    expect(await orders()).toEqual(['1 "a\\nb"', '2 ""', '3 NULL', String.raw`4 "\\N Größe"`]);
    expect(leftInZone()).toEqual([]);
    expect(await loadNow()).toMatchObject([{ kind: 'loaded', batchesLoaded: 0, batchesUnchanged: 2 }]);
    expect(await orders()).toHaveLength(4);
  });

  test('counts a table without partitions without a group, as a literal that is passed on has no type', async () => {
    await writeBatch(landing, { table: 'orders', columns: COLUMNS }, [
      { bytes: Buffer.from('1,2025-01-01,a\n'), rows: 1 },
    ]);
    const { statements, result } = await recordStatements(() => loadNow());
    expect(result).toMatchObject([{ kind: 'loaded', batchesLoaded: 1, rowsLoaded: 1 }]);
    expect(statements.map((sql) => sql.replace(/^\/\*.*\*\/\n/, ''))).toContain(
      "select '' as partition_value, count(*) as row_count\nfrom analytics__raw.orders",
    );
  });

  test('tells COPY the region that landing has from the environment', async () => {
    onTestFinished(setEnvironment({ AWS_REGION: 'us-east-1' }));
    await land('2025-01-01', ['1,2025-01-01,a']);
    const { endpoint } = redshift.s3;
    const { address } = landing;
    const unnamed = await openLanding({ address, endpoint, forcePathStyle: true });
    const { statements, result } = await recordStatements(() => loadNow({ landing: unnamed }));
    expect(result).toMatchObject([{ kind: 'loaded', rowsLoaded: 1 }]);
    expect(statements.find((sql) => COPY.test(sql))).toContain("\nregion 'us-east-1'\n");
  });

  test('replaces a partition whose content has changed', async () => {
    await land('2025-01-01', ['1,2025-01-01,a']);
    await land('2025-01-02', ['2,2025-01-02,b']);
    await loadNow();
    await land('2025-01-01', ['3,2025-01-01,c']);
    expect(await loadNow()).toMatchObject([{ batchesLoaded: 1, batchesUnchanged: 1 }]);
    expect(await orders()).toEqual(['2 "b"', '3 "c"']);
  });

  test('shows one bad row of 200,000 at its place', async () => {
    const rows = Array.from({ length: 200_000 }, (_, id) => `${id},2025-01-01,note`);
    rows[123_455] = '123455,2025-01-01x,note';
    const { entries } = await land('2025-01-01', rows);
    const [failed] = await loadNow();
    expect(failed).toMatchObject({
      kind: 'failed',
      problems: [
        {
          code: 'LOD-020',
          message: expect.stringContaining('Column "day": "2025-01-01x" is not a date'),
          span: { source: { path: entries[0]?.url }, start: { line: 123_457, column: 8 } },
        },
        { code: 'LOD-022' },
      ],
    });
    expect(await tablesOf('analytics__raw')).toEqual([]);
    expect(leftInZone()).toEqual([]);
  });

  test('checks without loading: nothing is made, and a bad row is told with Redshift’s reason', async () => {
    const long = 'é'.repeat(33_000);
    const { entries } = await land('2025-01-01', ['1,2025-01-01,fine', `2,2025-01-01,${long}`]);
    const { result, statements } = await recordStatements(() => loadNow({ checks: true }));
    expect(result[0]).toMatchObject({
      kind: 'failed',
      problems: [
        {
          code: 'LOD-020',
          message: expect.stringMatching(/was refused: String length exceeds DDL length/),
          span: { source: { path: entries[0]?.url }, start: { line: 3, column: 14 } },
        },
        { code: 'LOD-022' },
      ],
    });
    await land('2025-01-01', ['1,2025-01-01,fine', '2,2025-01-01,short']);
    expect(await loadNow({ checks: true })).toMatchObject([{ batchesLoaded: 1, rowsLoaded: 2 }]);
    const copies = statements.filter((sql) => sql.includes('\ncopy '));
    expect(copies).toEqual([expect.stringMatching(/\nnoload$/)]);
    expect(await tablesOf('analytics__raw')).toEqual([]);
    expect(await tablesOf('analytics__store')).toEqual([]);
    expect(leftInZone()).toEqual([]);
  });

  test('shows a cell that only Redshift refuses, with Redshift’s reason', async () => {
    const long = 'é'.repeat(33_000);
    const { entries } = await land('2025-01-01', ['1,2025-01-01,"two\nlines"', `2,2025-01-01,${long}`]);
    const [failed] = await loadNow();
    expect(failed).toMatchObject({
      kind: 'failed',
      problems: [
        {
          code: 'LOD-020',
          message: expect.stringMatching(
            /^Column "note": "é+" was refused: String length exceeds DDL length/,
          ),
          span: { source: { path: entries[0]?.url }, start: { line: 4, column: 14 } },
        },
        { code: 'LOD-022' },
      ],
    });
  });

  test('loads the others where some bad rows are allowed, and keeps the bad ones aside', async () => {
    await land('2025-01-01', ['1,2025-01-01,a', 'x,2025-01-01,b', '3,2025-01-01,c']);
    await land('2025-01-02', ['4,2025-01-02,d']);
    expect(await loadNow({ maxErrors: 1 })).toMatchObject([{ rowsLoaded: 3, rowsRejected: 1 }]);
    expect(await orders()).toEqual(['1 "a"', '3 "c"', '4 "d"']);
    const { rows } = await on.session.query(
      'select line, column_name, value from analytics__raw.orders__rejected',
    );
    expect(rows).toEqual([{ line: 3n, column_name: 'id', value: 'x' }]);
    expect(leftInZone()).toEqual([]);
  });

  test.each<[string, RegExp, FaultKind]>([
    ['a serializable isolation violation', COPY, SERIALIZABLE_VIOLATION],
    ['a concurrent transaction', /lock table/, CONCURRENT_TRANSACTION],
    ['a connection that ends before COPY', COPY, { kind: 'drop', when: 'before' }],
    ['a connection that ends in the middle of COPY', COPY, { kind: 'drop', when: 'during' }],
    ['a connection that ends when COPY is done', COPY, { kind: 'drop', when: 'after' }],
    ['a connection that ends with the commit unheard', /commit/, { kind: 'drop', when: 'after' }],
  ])('loads every row once in spite of %s', async (_, statement, fault) => {
    await land('2025-01-01', ['1,2025-01-01,a', '2,2025-01-01,b']);
    await loadNow({ tables: [] });
    redshift.server.faults.add({ statement, fault });
    const [outcome] = await loadNow();
    expect(outcome).toMatchObject({ kind: 'loaded' });
    expect(await orders()).toEqual(['1 "a"', '2 "b"']);
    expect(leftInZone()).toEqual([]);
  });

  test('leaves nothing half-loaded where a fault stays, and a later one finishes', async () => {
    await land('2025-01-01', ['1,2025-01-01,a']);
    await loadNow();
    await land('2025-01-02', ['2,2025-01-02,b']);
    redshift.server.faults.add({ statement: COPY, times: 99, fault: { kind: 'drop', when: 'during' } });
    await expect(loadNow()).rejects.toMatchObject({ kind: 'transient' });
    expect(await orders()).toEqual(['1 "a"']);
    redshift.server.faults.clear();
    expect(await loadNow()).toMatchObject([{ kind: 'loaded', batchesLoaded: 1 }]);
    expect(await orders()).toEqual(['1 "a"', '2 "b"']);
  });

  test('is not tried again on a full disk', async () => {
    await land('2025-01-01', ['1,2025-01-01,a']);
    redshift.server.faults.add({ statement: COPY, fault: DISK_FULL });
    await expect(loadNow()).rejects.toMatchObject({ kind: 'disk-full' });
  });

  test('tells what Redshift says of a role that it may not take on', async () => {
    await land('2025-01-01', ['1,2025-01-01,a']);
    const access = { iamRole: 'arn:aws:iam::123456789012:role/other' };
    expect(await loadNow({ access })).toMatchObject([
      { kind: 'failed', problems: [{ code: 'LOD-027', message: expect.stringContaining('not authorized') }] },
    ]);
  });

  test.each([
    ['a role that Redshift may not take on', 'not authorized', 'arn:aws:iam::1:role/other', []],
    ['a time limit of statements', 'on user', COPY_ROLE, [CANCELLED]],
  ])('that fails for %s reads no part to find that out', async (_, words, iamRole, faults) => {
    await land('2025-01-01', ['1,2025-01-01,a']);
    await land('2025-01-02', ['2,2025-01-02,b']);
    for (const fault of faults) redshift.server.faults.add({ statement: COPY, fault });
    const asked = redshift.s3.requests.length;
    expect(await loadNow({ maxErrors: 9, access: { iamRole } })).toMatchObject([
      { kind: 'failed', problems: [{ code: 'LOD-027', message: expect.stringContaining(words) }] },
    ]);
    const requests = redshift.s3.requests.slice(asked);
    const reads = requests.filter(({ operation, key }) => operation === 'GetObject' && key.includes('part-'));
    expect(reads).toEqual([]);
    expect(leftInZone()).toEqual([]);
  });

  test('is a diagnostic where the landing zone is a folder', async () => {
    landing = await openLanding({ address: scratchFolder() });
    await land('2025-01-01', ['1,2025-01-01,a']);
    expect(await loadNow()).toMatchObject([{ kind: 'failed', problems: [{ code: 'LND-024' }] }]);
  });

  async function tablesOf(schema: string): Promise<readonly unknown[]> {
    const { rows } = await on.session.query(`select tablename from pg_tables where schemaname = '${schema}'`);
    return rows;
  }
});
