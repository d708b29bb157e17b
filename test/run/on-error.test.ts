import { describe, expect, it } from 'vitest';
import { modelProject, type Ran } from '../support/model.ts';
import { interceptStatements } from '../support/statements.ts';

const BROKEN = "select cast('x' as integer) as n\n";

/** a, with on_error as told, is read by b, which c reads. */
const chain = (onError: string) => ({
  'models/a.sql': 'select 1 as n\n',
  'models/b.sql': 'select n + 10 as n from {{ref "a"}}\n',
  'models/c.sql': 'select n + 100 as n from {{ref "b"}}\n',
  'models/a.yml': `models: [{ name: a, config: { on_error: ${onError} } }]\n`,
});

const notesOf = ({ events }: Ran) =>
  events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));
const messageOf = ({ summary }: Ran, name: string) =>
  summary.results.find((result) => result.name === name)?.message;

describe('A node with on_error: continue that cannot be built', () => {
  it('is read as it is published; what is there already is reused, and the run fails', async () => {
    const model = modelProject(chain('continue'));
    await model.build();
    model.write({ 'models/a.sql': BROKEN });
    const ran = await model.build();
    expect(ran.ended).toEqual({ a: 'error', b: 'reused', c: 'reused' });
    expect(ran.published).toEqual([]);
    expect(ran.summary.outcome).toBe('failure');
    expect(notesOf(ran)).toContain(
      '"a" could not be built; what reads it goes on over the "a" that is published.',
    );
    expect(messageOf(ran, 'b')).toBe('It reads "a" as published before.');
    expect(messageOf(ran, 'c')).toBeUndefined();
  });

  it('is built over by readers that changed, which are published', async () => {
    const model = modelProject(chain('continue'));
    await model.build();
    model.write({ 'models/a.sql': BROKEN, 'models/b.sql': 'select n + 20 as n from {{ref "a"}}\n' });
    const ran = await model.build();
    expect(ran.ended).toEqual({ a: 'error', b: 'success', c: 'success' });
    expect(ran.published).toEqual(['b', 'c']);
    expect(
      await model.sql('select a.n as a, b.n as b, c.n as c from analytics.a, analytics.b, analytics.c'),
    ).toEqual([{ a: 1, b: 21, c: 121 }]);
    expect(await model.build()).toMatchObject({
      ended: { a: 'error', b: 'reused', c: 'reused' },
      published: [],
    });
    model.write({ 'models/a.sql': 'select 2 as n\n' });
    expect((await model.build()).ended).toEqual({ a: 'success', b: 'success', c: 'success' });
    expect(await model.sql('select n from analytics.c')).toEqual([{ n: 122 }]);
  });

  it('skips its readers where nothing of it is published, and says so', async () => {
    const model = modelProject({ ...chain('continue'), 'models/a.sql': BROKEN });
    const ran = await model.build();
    expect(ran.ended).toEqual({ a: 'error', b: 'skipped', c: 'skipped' });
    expect(notesOf(ran)).toContain(
      '"a" could not be built and was never published, so what reads it is skipped.',
    );
  });

  it('takes its own tests along, while tests beside it read what is published', async () => {
    const model = modelProject({
      ...chain('continue'),
      'models/a.yml': `models:
  - { name: a, config: { on_error: continue }, columns: [{ name: n, tests: [not_null] }] }
  - { name: b, columns: [{ name: n, tests: [not_null] }] }
`,
      'tests/together.sql': 'select 1 from {{ref "a"}} as a join {{ref "b"}} as b on a.n > b.n\n',
    });
    await model.build();
    model.write({ 'models/a.sql': BROKEN, 'models/b.sql': 'select n + 20 as n from {{ref "a"}}\n' });
    const ran = await model.build();
    expect(ran.ended).toMatchObject({ not_null_a_n: 'skipped', not_null_b_n: 'pass', together: 'pass' });
    expect(messageOf(ran, 'not_null_a_n')).toBe('What it tests could not be built.');
    expect(ran.published).toEqual(['b', 'c']);
  });

  it('does not save a reader that also reads a node that failed without it', async () => {
    const model = modelProject({
      ...chain('continue'),
      'models/d.sql': 'select 1 as n\n',
      'models/both.sql': 'select a.n from {{ref "a"}} as a, {{ref "d"}} as d\n',
    });
    await model.build();
    model.write({ 'models/a.sql': BROKEN, 'models/d.sql': BROKEN });
    expect((await model.build()).ended).toEqual({
      a: 'error',
      b: 'reused',
      c: 'reused',
      d: 'error',
      both: 'skipped',
    });
  });

  it('stops the run as any other with --fail-fast', async () => {
    const model = modelProject(chain('continue'));
    await model.build();
    model.write({ 'models/a.sql': BROKEN });
    expect((await model.build({ failFast: true })).ended).toEqual({ a: 'error', b: 'skipped', c: 'skipped' });
  });

  it('is what skip and skip_children are not', async () => {
    for (const onError of ['skip', 'skip_children']) {
      const model = modelProject(chain(onError));
      await model.build();
      model.write({ 'models/a.sql': BROKEN });
      expect((await model.build()).ended).toEqual({ a: 'error', b: 'skipped', c: 'skipped' });
    }
  });
});

describe('A node with on_error: continue whose test fails', () => {
  const failing = {
    ...chain('continue'),
    'models/a.yml': `models:
  - { name: a, config: { on_error: continue }, columns: [{ name: n, tests: [accepted_range: { max_value: 0 }] }] }
  - { name: c, columns: [{ name: n, tests: [accepted_range: { max_value: 0 }] }] }
`,
    'models/lone.sql': 'select 7 as n\n',
  };

  it('lets all that depends on it be built and tested, and none of it be published', async () => {
    const ran = await modelProject(failing).build();
    expect(ran.ended).toEqual({
      a: 'success',
      b: 'success',
      c: 'success',
      lone: 'success',
      accepted_range_a_n__0: 'fail',
      accepted_range_c_n__0: 'fail',
    });
    expect(ran.published).toEqual(['lone']);
    expect(notesOf(ran)).toContain(
      'Not published, because a test of them, or of something they are made from, did not pass: "a", "b", "c".',
    );
  });

  it('is read as it shows its sources now where it is a live view', async () => {
    const live = '{{config materialized="view" on_error="continue"}}';
    const model = modelProject({
      'models/sources.yml': 'sources: [{ name: crm, tables: [{ name: prices, token: checksum }] }]\n',
      'models/shown.sql': `${live} select price from {{source "crm" "prices"}}\n`,
      'models/t.sql': 'select price from {{ref "shown"}}\n',
    });
    await model.sql('create schema crm', 'create table crm.prices as select 5 as price');
    await model.build({ publishLive: true });
    await model.sql('update crm.prices set price = 6');
    model.write({ 'models/shown.sql': `${live} select price, nope from {{source "crm" "prices"}}\n` });
    const flags = { publishLive: true, threads: 1 };
    expect((await model.build(flags)).ended).toEqual({ shown: 'error', t: 'success' });
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 6 }]);
    expect((await model.build(flags)).ended).toEqual({ shown: 'error', t: 'reused' });

    model.write({ 'models/t.sql': 'select price, 1 as x from {{ref "shown"}}\n' });
    let hasMoved = false;
    const move = async (sql: string) => {
      if (hasMoved || !/^create table "?analytics__store"?\."?t__/.test(sql)) return;
      hasMoved = true;
      await model.sql('update crm.prices set price = 7');
    };
    await interceptStatements(move, () => model.build(flags));
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 7 }]);
    await model.sql('update crm.prices set price = 6');
    expect((await model.build(flags)).ended).toEqual({ shown: 'error', t: 'success' });
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 6 }]);
  });

  it('may be a static seed', async () => {
    const model = modelProject({
      'seeds/rates.csv': 'n\n1\n',
      'seeds/rates.yml': `seeds:
  - { name: rates, config: { on_error: continue }, columns: [{ name: n, tests: [accepted_range: { max_value: 0 }] }] }
`,
      'models/b.sql': 'select n + 10 as n from {{ref "rates"}}\n',
    });
    const { ended, published } = await model.build();
    expect(ended).toEqual({ rates: 'success', b: 'success', accepted_range_rates_n__0: 'fail' });
    expect(published).toEqual([]);
  });
});
