import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { BUCKET, describeRedshift, WRITER_KEY } from './database.ts';
import { SERIALIZABLE_VIOLATION } from './fault.ts';

describeRedshift('Faults of the stand-in', (redshift) => {
  beforeAll(async () => {
    const client = await redshift.connect();
    await client.query('create schema s');
    const { endpoint } = redshift.s3;
    const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials: WRITER_KEY, forcePathStyle: true });
    const Body = gzipSync('1\n'.repeat(100_000));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'ones.csv.gz', Body }));
    s3.destroy();
  });
  beforeEach(async () => {
    redshift.server.faults.clear();
    const client = await redshift.connect();
    await client.query('drop table if exists s.t');
    await client.query('create table s.t (a integer)');
  });

  async function count(): Promise<number> {
    const client = await redshift.connect();
    return Number((await client.query('select count(*) as n from s.t')).rows[0].n);
  }

  test('answer the second of the statements that match', async () => {
    const client = await redshift.connect();
    redshift.server.faults.add({ statement: /^insert/, nth: 2, fault: SERIALIZABLE_VIOLATION });
    await client.query('begin');
    await client.query('insert into s.t values (1)');
    await expect(client.query('insert into s.t values ($1)', [2])).rejects.toMatchObject({ message: '1023' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    await client.query('insert into s.t values (3)');
    expect(await count()).toBe(1);
  });

  test.each([
    ['before', 'insert into s.t values (1)', 0],
    ['after', 'insert into s.t values (1)', 1],
    ['before', `copy s.t from 's3://${BUCKET}/ones' iam_role default csv gzip`, 0],
    ['during', `copy s.t from 's3://${BUCKET}/ones' iam_role default csv gzip`, 0],
    ['after', `copy s.t from 's3://${BUCKET}/ones' iam_role default csv gzip`, 100_000],
  ] as const)('cut the connection %s %s', async (when, sql, rows) => {
    const client = await redshift.connect();
    redshift.server.faults.add({ statement: /^(?:insert|copy)/, fault: { kind: 'drop', when } });
    await expect(client.query(sql)).rejects.toThrow('Connection terminated');
    expect(await count()).toBe(rows);
  });

  test('cut the connection with a commit done that nobody hears of', async () => {
    const client = await redshift.connect();
    redshift.server.faults.add({ statement: /^commit/, fault: { kind: 'drop', when: 'after' } });
    await client.query('begin');
    await client.query('insert into s.t values (1)');
    await expect(client.query('commit')).rejects.toThrow('Connection terminated');
    expect(await count()).toBe(1);
  });
});
