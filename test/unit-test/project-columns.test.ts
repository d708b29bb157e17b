import { describe, expect, it } from 'vitest';
import { projectColumns } from '../../src/unit-test/project-columns.ts';
import { parse } from '../support/scratch-project.ts';

const SOURCES = `sources:
  - name: raw
    tables:
      - name: orders
        columns:
          - { name: id, data_type: bigint }
          - { name: amount, data_type: "numeric(18,2)" }
          - { name: ordered_at, data_type: timestamp }
      - name: unknown
        columns: [{ name: id }]
`;

/** The columns of some models, as `name type`. */
async function columnsOf(files: Readonly<Record<string, string>>, ...wanted: readonly string[]) {
  const { manifest } = await parse({ 'models/sources.yml': SOURCES, ...files });
  const { columns, unknown } = await projectColumns(
    manifest,
    wanted.map((name) => `model.shop.${name}`),
  );
  const told = [...columns].map(([id, found]) => [id, found.map(({ name, type }) => `${name} ${type}`)]);
  return {
    columns: Object.fromEntries(told),
    unknown: Object.fromEntries([...unknown].map(([id, why]) => [id, why?.message])),
  };
}

describe('the columns of a project', () => {
  it('come from what sources declare, through every model in between', async () => {
    const { columns } = await columnsOf(
      {
        'models/a.sql': 'select id, amount, cast(ordered_at as date) as day from {{source "raw" "orders"}}',
        'models/b.sql':
          '{{config materialized="ephemeral"}}\nselect day, amount * 2 as amount from {{ref "a"}}',
        'models/c.sql': 'select day, sum(amount) as amount, count(*) as n from {{ref "b"}} group by 1',
      },
      'c',
    );
    expect(columns['model.shop.c']).toEqual(['day DATE', 'amount DECIMAL(38,2)', 'n BIGINT']);
    expect(columns['source.shop.raw.orders']).toEqual([
      'id BIGINT',
      'amount DECIMAL(18,2)',
      'ordered_at TIMESTAMP',
    ]);
  });

  it('come from the cells of a static seed', async () => {
    const { columns } = await columnsOf(
      { 'seeds/rates.csv': 'currency,rate\nEUR,1.5\n', 'models/a.sql': 'select * from {{ref "rates"}}' },
      'a',
    );
    expect(columns['model.shop.a']).toEqual(['currency VARCHAR', 'rate DECIMAL(18,1)']);
  });

  it('are only looked for upstream of what is wanted', async () => {
    const { columns } = await columnsOf(
      { 'models/a.sql': 'select 1 as x', 'models/b.sql': 'select 2 as y' },
      'b',
    );
    expect(Object.keys(columns)).toEqual(['model.shop.b']);
  });

  it('are unknown where the engine refuses a model, with the place, and below it', async () => {
    const { columns, unknown } = await columnsOf(
      {
        'models/a.sql': 'select id, price from {{source "raw" "orders"}}',
        'models/b.sql': 'select * from {{ref "a"}}',
      },
      'b',
    );
    expect(Object.keys(columns)).toEqual(['source.shop.raw.orders']);
    expect(unknown['model.shop.a']).toContain('price');
    expect(unknown['model.shop.b']).toBeUndefined();
  });

  it('are those that a model declares where its SQL cannot be described', async () => {
    const { columns, unknown } = await columnsOf(
      {
        'models/a.sql': 'select * from {{source "raw" "unknown"}}',
        'models/models.yml':
          'models: [{ name: a, columns: [{ name: id, data_type: bigint }, { name: day, data_type: date }] }]',
        'models/b.sql': 'select max(day) as day from {{ref "a"}}',
      },
      'b',
    );
    expect(columns['model.shop.b']).toEqual(['day DATE']);
    expect(Object.keys(unknown)).toEqual(['source.shop.raw.unknown']);
  });
});
