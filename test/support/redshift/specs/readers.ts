import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

const ROUNDS = 10;
const READERS = 2;
const PAUSE_MS = 5;

/** What readers are said to hear while a relation is renamed or dropped in a transaction that has not ended. */
const TORN = /does not exist|could not open relation with oid|dropped by concurrent/i;

/** The statements of the publish of a round: those in one transaction, and those before and after it. */
type Publish = (round: number) => {
  readonly before?: readonly string[];
  readonly within: readonly string[];
  readonly after?: readonly string[];
};

const RELATIONS = ['v', 'w'];

const replaced: Publish = (round) => ({
  within: RELATIONS.map(
    (name) => `create or replace view spec.${name} as select ${round} as a from spec.one`,
  ),
});

const dropped: Publish = (round) => ({
  within: RELATIONS.flatMap((name) => [
    `drop view if exists spec.${name}`,
    `create view spec.${name} as select ${round} as a from spec.one`,
  ]),
});

const renamed: Publish = (round) => ({
  before: RELATIONS.map((name) => `create table spec.${name}_next as select ${round} as a from spec.one`),
  within: RELATIONS.flatMap((name) => [
    ...(round === 0 ? [] : [`alter table spec.${name} rename to ${name}_old`]),
    `alter table spec.${name}_next rename to ${name}`,
  ]),
  after: round === 0 ? [] : RELATIONS.map((name) => `drop table spec.${name}_old`),
});

export function readerSpecs(cluster: TestCluster): void {
  describe('Readers beside publishes', { timeout: 600_000 }, () => {
    let writer: SpecClient;
    beforeAll(async () => {
      await cluster.clear();
      writer = await cluster.connect();
      await writer.query('create table spec.one as select 1 as a');
    });
    afterAll(() => cluster.clear());

    test('by CREATE OR REPLACE VIEW see all of the old state or all of the new one, without an error', async () => {
      cluster.ledger.proves(
        'readers beside CREATE OR REPLACE VIEW in a transaction see one state in all views, without an error',
      );
      const { states, errors } = await readBeside(cluster, writer, replaced);
      await writer.query('drop view spec.v');
      await writer.query('drop view spec.w');
      expect(errors).toEqual([]);
      expect(states.filter((state) => state.length !== 1)).toEqual([]);
    });

    test.each([
      ['DROP VIEW and CREATE VIEW', dropped, 'view'],
      ['renamed tables', renamed, 'table'],
    ] as const)('by %s see one state, or hear of a relation that is gone', async (_, publish, kind) => {
      cluster.ledger.proves(
        'readers beside dropped views and renamed tables in a transaction see one state, or hear of a relation that is gone',
      );
      const { states, errors } = await readBeside(cluster, writer, publish);
      for (const name of RELATIONS) await writer.query(`drop ${kind} spec.${name}`);
      expect(errors.filter((error) => !TORN.test(error))).toEqual([]);
      // Who began to read before the rows were there may find none.
      expect(states.filter((state) => state.length > 1)).toEqual([]);
    });
  });
}

interface Readings {
  /** The rounds that each read saw in all relations, without repetition. */
  readonly states: readonly (readonly string[])[];
  readonly errors: readonly string[];
}

/** Reads all relations in one statement, again and again, while they are published; the last read must see the last round. */
async function readBeside(cluster: TestCluster, writer: SpecClient, publish: Publish): Promise<Readings> {
  const states: string[][] = [];
  const errors: string[] = [];
  await publishRound(writer, publish(0));
  const clients = await Promise.all(Array.from({ length: READERS }, () => cluster.connect()));
  let isOver = false;
  const reading = clients.map(async (client) => {
    while (!isOver) {
      const read = await stateOf(client).catch(({ message }: Error) => void errors.push(message));
      if (read !== undefined) states.push(read);
      await sleep(PAUSE_MS);
    }
  });
  try {
    for (let round = 1; round <= ROUNDS; round++) await publishRound(writer, publish(round));
  } finally {
    isOver = true;
    await Promise.all(reading);
  }
  expect(await stateOf(clients[0] ?? writer)).toEqual([String(ROUNDS)]);
  expect(states.length).toBeGreaterThan(READERS);
  return { states, errors };
}

async function publishRound(
  writer: SpecClient,
  { before = [], within, after = [] }: ReturnType<Publish>,
): Promise<void> {
  for (const sql of [...before, 'begin', ...within, 'commit', ...after]) await writer.query(sql);
}

async function stateOf(client: SpecClient): Promise<string[]> {
  const rows = await client.rows('select a from spec.v union select a from spec.w');
  return rows.map(([a]) => String(a));
}
