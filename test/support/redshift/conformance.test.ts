import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWERED, CONFORMANCE_TABLES, REFUSED, sourceOf, TAKEN } from './conformance.ts';
import { describeRedshift } from './database.ts';

/** Of a database in which a schema may be made: `postgres://user:password@host:5439/database`. */
const LIVE_URL = process.env['MODEL_LIVE_REDSHIFT_URL'];

describeRedshift('What is taken and refused on the stand-in', (redshift) => {
  holds({ schema: 's', connect: () => redshift.connect() });
});

describe.runIf(LIVE_URL !== undefined)('What is taken and refused on a live Redshift', () => {
  const schema = `modelwright_test_${randomBytes(6).toString('hex')}`;
  const held = holds({
    schema,
    connect: async () => {
      const client = new Client({ connectionString: LIVE_URL ?? '', ssl: { rejectUnauthorized: false } });
      await client.connect();
      return client;
    },
  });
  afterAll(() => {
    for (const [sql, source] of REFUSED.map(([refused]) => [refused, sourceOf(refused)] as const)) {
      if (source?.kind === 'memory')
        console.log(`${held.has(sql) ? 'confirmed' : 'NOT confirmed'}: ${sql} (${source.where})`);
    }
  });
});

interface Place {
  readonly schema: string;
  readonly connect: () => Promise<Client>;
}

/** The statements of the conformance list at a place; gives those that have held, as tests go on. */
function holds({ schema, connect }: Place): ReadonlySet<string> {
  const held = new Set<string>();
  let client: Client;
  const placed = (sql: string) => sql.replaceAll(/\bs\./g, `${schema}.`);

  beforeAll(async () => {
    client = await connect();
    await client.query(`create schema ${schema}`);
    for (const sql of CONFORMANCE_TABLES) await client.query(placed(sql));
  });
  afterAll(async () => {
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  });

  test.each(REFUSED)('is refused: %s', async (sql, code) => {
    await expect(client.query(placed(sql))).rejects.toMatchObject({ code });
    held.add(sql);
  });

  test.each(TAKEN)('is taken: %s', async (sql) => {
    await client.query(placed(sql));
  });

  test.each(ANSWERED)('is answered: %s', async (sql, rows) => {
    const found = await client.query({
      text: placed(sql),
      rowMode: 'array',
      types: { getTypeParser: () => String },
    });
    expect(found.rows).toEqual(rows);
  });
  return held;
}
