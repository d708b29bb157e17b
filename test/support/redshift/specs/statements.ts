import { beforeAll, describe, expect, test } from 'vitest';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';
import { ANSWERED, REFUSED, rememberedRefusal, TABLES_READ, TAKEN } from './statement-list.ts';

export function statementSpecs(cluster: TestCluster): void {
  describe('A statement', () => {
    let client: SpecClient;

    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect();
      for (const sql of TABLES_READ) await client.query(sql);
    });

    test.each(REFUSED)('is refused: %s', async (sql, code) => {
      cluster.ledger.proves(...rememberedRefusal(sql));
      await expect(client.query(sql)).rejects.toMatchObject({ code });
    });

    test.each(TAKEN)('is taken: %s', async (sql) => {
      await client.query(sql);
    });

    test.each(ANSWERED)('is answered: %s', async (sql, rows) => {
      expect(await client.rows(sql)).toEqual(rows);
    });
  });
}
