import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadErrors } from '../../../../src/dialect/redshift/load-error-query.ts';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import { putFile } from '../landing-files.ts';
import type { SpecClient } from '../spec-client.ts';

const TABLE = { schema: 'spec', name: 'loaded' };
const TYPED = [
  { name: 'day', type: { kind: 'date' } },
  { name: 'note', type: { kind: 'varchar', length: 4 } },
  { name: 'amount', type: { kind: 'numeric', precision: 6, scale: 2 } },
  { name: 'seen_at', type: { kind: 'timestamp' } },
  { name: 'count', type: { kind: 'integer' } },
] as const;

export function copySpecs(cluster: TestCluster): void {
  describe.runIf(cluster.hasLanding)('COPY', () => {
    let client: SpecClient;
    let files = 0;

    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect({ types: { getTypeParser: () => String } });
    });

    beforeEach(async () => {
      await client.query('drop table if exists spec.loaded');
      await client.query(redshiftDialect.createTable(TABLE, TYPED, []));
    });

    const put = (name: string, body: string | Buffer) => putFile(cluster.landing, name, body);

    function putManifest(...entries: readonly { url: string; mandatory?: boolean }[]): Promise<string> {
      return put(`${files++}.manifest`, JSON.stringify({ entries }));
    }

    function copySql(url: string, changes: { iamRole?: string; region?: string } = {}): string {
      const { iamRole } = cluster.landing;
      const from = { kind: 'manifest', url, gzip: true, iamRole, ...changes } as const;
      return redshiftDialect.loadCsv({ into: TABLE, columns: TYPED, nullMarker: '@NULL@', from });
    }

    function landed(csv: string | Buffer, name = `${files++}.csv.gz`): Promise<string> {
      return put(name, gzipSync(csv));
    }

    const missing = () => `${cluster.landing.place.address}/none`;
    const rows = (sql: string) => client.rows(sql);

    const HEADER = 'day,note,amount,seen_at,count\n';
    const LOADED = 'select * from spec.loaded order by day, note';

    test('loads the files of a manifest, with NULLs, empty texts, quotes and lines in quotes', async () => {
      const url = await landed(
        `${HEADER}2025-01-01,@NULL@,1.239,2025-01-01 10:00:00.5,7\n2025-01-02,,-.5,,\n2025-01-03,"é\n""",@NULL@,2025-01-01,-1\r\n`,
      );
      await client.query(copySql(await putManifest({ url, mandatory: true })));
      expect(await rows(LOADED)).toEqual([
        ['2025-01-01', null, '1.24', '2025-01-01 10:00:00.5', '7'],
        ['2025-01-02', '', '-0.50', null, null],
        ['2025-01-03', 'é\n"', null, '2025-01-01 00:00:00', '-1'],
      ]);
      expect(await rows('select pg_last_copy_count()')).toEqual([['3']]);
    });

    test('answers without a count', async () => {
      cluster.ledger.proves('COPY answers COPY without a count');
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n`);
      const answered = await client.query(copySql(await putManifest({ url, mandatory: true })));
      expect([answered.command, answered.rowCount]).toEqual(['COPY', null]);
    });

    test('loads twice what is listed twice, and passes over what may be missing', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n`);
      const gone = { url: missing() };
      await client.query(copySql(await putManifest({ url, mandatory: true }, { url }, gone)));
      expect(await rows(LOADED)).toHaveLength(2);
      await expect(client.query(copySql(await putManifest({ ...gone, mandatory: true })))).rejects.toThrow(
        'Mandatory',
      );
    });

    test('belongs to the transaction', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n`);
      await client.query('begin');
      await client.query(copySql(await putManifest({ url, mandatory: true })));
      expect(await rows(LOADED)).toHaveLength(1);
      await client.query('rollback');
      expect(await rows(LOADED)).toEqual([]);
    });

    test.each([
      ['an', '2025-01-01,éé1,1,,1', 'note', 'varchar', '4', 'String length exceeds DDL length', 1204],
      [
        'a',
        '2025-01-01,a,1x,,1',
        'amount',
        'numeric',
        '6, 2',
        "Invalid digit, Value 'x', Pos 1, Type: Decimal",
        1207,
      ],
      ['a', '2025-01-01,a,12345,,1', 'amount', 'numeric', '6, 2', 'Overflow for NUMERIC(6,2)', 1207],
      [
        'a',
        '2025-01-01,a,1,,a',
        'count',
        'int4',
        '0',
        "Invalid digit, Value 'a', Pos 0, Type: Integer",
        1207,
      ],
      ['a', '2025-1-1,a,1,,1', 'day', 'date', '0', 'Invalid Date Format - length must be 10 or more', 1205],
      ['a', '2025-02-30,a,1,,1', 'day', 'date', '0', 'Invalid Date Format [YYYY-MM-DD]', 1205],
      [
        'a',
        '2025-01-01,a,1,noon,1',
        'seen_at',
        'timestamp',
        '0',
        'Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]',
        1206,
      ],
      ['too few', '2025-01-01,a,1', 'seen_at', 'timestamp', '0', 'Delimiter not found', 1214],
      ['too many', '2025-01-01,a,1,,1,2', 'count', 'int4', '0', 'Extra column(s) found', 1202],
    ])('tells %s wrong cell of %j after a rollback', async (_, line, name, type, length, reason, code) => {
      cluster.ledger.proves(
        'load errors outlast ROLLBACK',
        'the line number of a load error is that of its record’s first line',
        'messages of COPY that the pages do not print',
      );
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n${line}\n`);
      const [scope] = (await client.query(loadErrors.scopeQuery)).rows;
      await client.query('begin');
      await expect(client.query(copySql(await putManifest({ url, mandatory: true })))).rejects.toThrow(
        "Load into table 'loaded' failed.  Check 'stl_load_errors' system table for details.",
      );
      await client.query('rollback');
      for (const query of loadErrors.queries({ session: Number(scope.session), since: scope.since })) {
        const told = (await client.query(query)).rows.filter((row) => row.file_name === url);
        expect(told).toMatchObject([
          {
            line_number: '3',
            column_name: name,
            column_type: type,
            column_length: length,
            reason,
            error_code: String(code),
          },
        ]);
      }
      expect(await rows(`select distinct octet_length(err_reason) from stl_load_errors`)).toEqual([['100']]);
    });

    test('lets as many errors pass as are fewer than MAXERROR', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\nx,a,1,,1\ny,a,1,,1\n`);
      const sql = copySql(await putManifest({ url, mandatory: true }));
      await expect(client.query(sql.replace('maxerror 0', 'maxerror 2'))).rejects.toThrow('failed');
      await client.query(sql.replace('maxerror 0', 'maxerror 3'));
      expect(await rows(LOADED)).toHaveLength(1);
    });

    test('cuts decimals that are too long, unless it is told to round them', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1.239,,1\n`);
      const sql = copySql(await putManifest({ url, mandatory: true }));
      await client.query(sql.replace('roundec\n', ''));
      expect((await rows(LOADED))[0]?.[2]).toBe('1.23');
    });

    test.each([
      ['emptyasnull', null],
      ['truncatecolumns', ''],
    ])('knows %s', async (option, note) => {
      const url = await landed(`${HEADER}2025-01-01,,1.235,,1\n2025-01-02,abcdé,1,,1\n`);
      const sql = `${copySql(await putManifest({ url, mandatory: true }))}\nmaxerror 5 ${option}`;
      await client.query(sql.replace('maxerror 0\n', ''));
      expect((await rows(LOADED))[0]?.[1]).toBe(note);
      expect((await rows(LOADED)).slice(1).map(([, cut]) => cut)).toEqual(
        option === 'truncatecolumns' ? ['abcd'] : [],
      );
    });

    test('refuses bytes that are no UTF-8, or replaces them', async () => {
      const url = await landed(Buffer.from(`${HEADER}2025-01-01,a\xe9b,1,,1\n`, 'latin1'));
      const sql = copySql(await putManifest({ url, mandatory: true }));
      await expect(client.query(sql)).rejects.toThrow('failed');
      await client.query(`${sql}\nacceptinvchars`);
      expect((await rows(LOADED))[0]?.[1]).toBe('a?b');
    });

    test('checks without loading under NOLOAD', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n`);
      await client.query(`${copySql(await putManifest({ url, mandatory: true }))}\nnoload`);
      expect(await rows(LOADED)).toEqual([]);
    });

    test.each([
      ['an unknown option', { tail: 'header 1' }, 'syntax error at or near "header"'],
      [
        'another role',
        { iamRole: 'arn:aws:iam::1:role/none' },
        'not authorized to assume IAM Role arn:aws:iam::1:role/none',
      ],
      ['another region', { region: 'eu-west-1' }, 'PermanentRedirect'],
      ['a manifest that is missing', { url: 'none' }, 'Problem reading manifest file'],
    ])('refuses %s', async (_, {
      tail = '',
      url,
      ...changes
    }: Record<string, string | undefined>, message) => {
      cluster.ledger.proves('messages of COPY that the pages do not print');
      const manifest =
        url === undefined ? await putManifest({ url: await landed(HEADER), mandatory: true }) : missing();
      await expect(client.query(`${copySql(manifest, changes as object)}\n${tail}`)).rejects.toThrow(message);
    });

    test('refuses parameters, and data from the client', async () => {
      await expect(
        client.query('copy spec.loaded from $1 iam_role default csv', ['s3://b/k']),
      ).rejects.toThrow('syntax error at or near "$1"');
      await expect(client.query('copy spec.loaded from stdin')).rejects.toMatchObject({ code: '0A000' });
    });

    test('without a manifest reads a name as the beginning of names', async () => {
      const url = await landed(`${HEADER}2025-01-01,a,1,,1\n`, 'p/cust.csv.gz');
      await landed(`${HEADER}2025-01-02,b,1,,1\n`, 'p/cust.csv.gz.bak');
      const { iamRole } = cluster.landing;
      const role = iamRole === 'default' ? 'iam_role default' : `iam_role '${iamRole}'`;
      await client.query(
        `copy spec.loaded from '${url.replace(/\.csv\.gz$/, '')}' ${role} csv gzip ignoreheader 1`,
      );
      expect(await rows(LOADED)).toHaveLength(2);
    });
  });
}
