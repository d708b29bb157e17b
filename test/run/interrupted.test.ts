import { expect, it } from 'vitest';
import { noColors } from '../../src/report/colors.ts';
import { summaryText } from '../../src/report/summary-text.ts';
import { WarehouseError } from '../../src/warehouse/warehouse.ts';
import { modelProject } from '../support/model.ts';
import { interceptStatements } from '../support/statements.ts';

const MODELS = {
  'models/a.sql': 'select 1 as n\n',
  'models/b.sql': '{{config publish="table"}}\nselect n from {{ref "a"}}\n',
  'models/b.yml': 'models: [{ name: b, columns: [{ name: n, tests: [not_null] }] }]\n',
};

it.each([
  ['a version is claimed', /insert into "?\w+"?\."?_version/],
  ['a table is built', /create table .*"?b__[0-9a-f]{12}/],
  ['a version is completed', /comment on table .*b__/],
  ['a test runs', /as failures/],
  ['a table is prepared', /create table .*b__\w+__next/],
  ['views are replaced', /create or replace view/],
  ['tables are renamed', /alter table .*b__\w+__next.* rename/],
])('A run that is interrupted while %s publishes nothing, and the next one goes on', async (_, phase) => {
  const model = modelProject(MODELS);
  const abort = new AbortController();
  let sentAfter = 0;
  const watch = (sql: string) => {
    if (abort.signal.aborted && /create (table|view|or replace view) "?analytics/.test(sql)) sentAfter += 1;
    if (phase.test(sql)) abort.abort();
  };
  const { summary } = await interceptStatements(watch, () => model.build({ signal: abort.signal }));
  expect(abort.signal.aborted).toBe(true);
  expect(summary).toMatchObject({ outcome: 'cancelled', published: [] });
  expect(sentAfter).toBeLessThanOrEqual(1);
  expect(
    await model.sql(
      "select * from information_schema.tables where table_schema = 'analytics' and table_name in ('a', 'b')",
    ),
  ).toEqual([]);
  expect((await model.build()).published).toEqual(['a', 'b']);
});

it.each([
  ['the store is made', /create table .*_version/],
  ['a run starts', /insert into "?\w+"?\."?_run/],
])('A run that is interrupted while %s builds nothing, and the next one goes on', async (_, phase) => {
  const model = modelProject(MODELS);
  const abort = new AbortController();
  let built = 0;
  const watch = (sql: string) => {
    if (/create (table|view|or replace view) .*"?[ab]__[0-9a-f]{12}/.test(sql)) built += 1;
    if (phase.test(sql)) abort.abort();
  };
  const ended = await interceptStatements(watch, () =>
    model.build({ signal: abort.signal }).then(
      ({ summary }) => summary.outcome,
      (error: unknown) => (error instanceof WarehouseError ? error.kind : error),
    ),
  );
  expect(ended).toBe('cancelled');
  expect(built).toBe(0);
  expect((await model.build()).published).toEqual(['a', 'b']);
});

it('A run that is interrupted once it has published says so', async () => {
  const abort = new AbortController();
  const { summary } = await modelProject(MODELS).build({
    signal: abort.signal,
    tell: ({ kind }) => {
      if (kind === 'publish-finished') abort.abort();
    },
  });
  expect(summary).toMatchObject({ outcome: 'cancelled', published: ['a', 'b'] });
  expect(summaryText(summary, noColors)).toMatch(/Cancelled after .*; what is listed was published\.\n$/);
});
