import { beforeEach, describe, expect, test } from 'vitest';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

export function isolationSpecs(cluster: TestCluster): void {
  describe('Transactions side by side', () => {
    let one: SpecClient;
    let other: SpecClient;
    beforeEach(async () => {
      await cluster.clear();
      [one, other] = [await cluster.connect(), await cluster.connect()];
      await one.query('create table spec.state (revision integer)');
      await one.query('insert into spec.state values (1)');
    });

    test('read what their first statement found', async () => {
      await one.query('begin');
      expect(await one.rows('select revision from spec.state')).toEqual([['1']]);
      await other.query('update spec.state set revision = 2');
      expect(await one.rows('select revision from spec.state')).toEqual([['1']]);
      await one.query('commit');
      expect(await one.rows('select revision from spec.state')).toEqual([['2']]);
    });

    test('begin to read behind a lock that they wait for', async () => {
      await one.query('begin');
      await one.query('lock table spec.state');
      await other.query('begin');
      const waiting = other.query('lock table spec.state');
      await one.query('update spec.state set revision = 2');
      await one.query('commit');
      await waiting;
      await other.query('update spec.state set revision = revision + 1');
      await other.query('commit');
      expect(await one.rows('select revision from spec.state')).toEqual([['3']]);
    });

    test('do not overwrite what another has changed', async () => {
      cluster.ledger.proves(
        'a row that was changed since the snapshot is refused with XX000 and 1023, in SNAPSHOT isolation, too',
      );
      await one.query('begin');
      await one.rows('select revision from spec.state');
      await other.query('update spec.state set revision = 2');
      await expect(one.query('update spec.state set revision = 3')).rejects.toMatchObject({
        ...{ code: 'XX000', message: '1023' },
        detail: expect.stringContaining('Serializable isolation violation on table'),
      });
      await one.query('rollback');
    });
  });
}
