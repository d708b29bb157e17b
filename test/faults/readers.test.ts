import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { modelProject, SHOP_YML } from '../support/model.ts';

const PUBLISHES = process.env['MODEL_TEST_SIZE'] === 'full' ? 100 : 6;
const VIEWS = ['v1', 'v2', 'v3', 'v4'];
const TABLES = ['t1', 't2'];
const ALL = [...VIEWS, ...TABLES];

/** Every publish has another set of columns, so that relations are really replaced. */
function project() {
  const select = 'select {{var "edition"}} as edition{{#if (gt (var "more") 0)}}, 1 as more{{/if}}\n';
  return modelProject(
    Object.fromEntries([
      ['project.yml', `${SHOP_YML}vars: { edition: 0, more: 0 }\n`],
      ...VIEWS.map((name) => [`models/${name}.sql`, select]),
      ...TABLES.map((name) => [`models/${name}.sql`, `{{config publish="table"}} ${select}`]),
    ]),
  );
}

const ONE_STATEMENT = ALL.map((name) => `select edition from analytics.${name}`).join(' union ');

it('A reader of all published relations sees one run in all of them, at every moment', async () => {
  const model = project();
  await model.run({ variables: { edition: 0, more: 0 } });
  const warehouse = await openDuckdb(model.database);
  let publishing = true;
  let reads = 0;
  const seen = new Set<unknown>();

  const readAtOnce = async () => {
    const session = await warehouse.open();
    while (publishing) {
      const { rows } = await session.query(ONE_STATEMENT);
      expect(rows).toHaveLength(1);
      seen.add(rows[0]?.['edition']);
      reads += 1;
      await sleep(5);
    }
  };
  const readInTransaction = async () => {
    const session = await warehouse.open();
    while (publishing) {
      const editions = await session.transaction(async () => {
        const found: unknown[] = [];
        for (const name of ALL) {
          found.push((await session.query(`select edition from analytics.${name}`)).rows[0]?.['edition']);
        }
        return found;
      });
      expect(new Set(editions).size).toBe(1);
      reads += 1;
      await sleep(5);
    }
  };
  const publish = async () => {
    try {
      for (let edition = 1; edition <= PUBLISHES; edition++) {
        const { published } = await model.run({ variables: { edition, more: edition % 2 } });
        expect(published).toHaveLength(ALL.length);
      }
    } finally {
      publishing = false;
    }
  };

  await Promise.all([publish(), readAtOnce(), readInTransaction()]);
  await warehouse.close();
  expect(reads).toBeGreaterThan(PUBLISHES);
  expect(seen.size).toBeGreaterThan(PUBLISHES / 2);
}, 300_000);
