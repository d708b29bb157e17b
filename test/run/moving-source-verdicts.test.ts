import { describe, expect, it } from 'vitest';
import { type Flags, type Model, modelProject, type Ran, SHOP_YML } from '../support/model.ts';
import { interceptStatements } from '../support/statements.ts';

const PRICES = ['create schema crm', 'create table crm.prices as select 5 as price'];
const UNTESTED = SHOP_YML.replace('threads: 2', 'threads: 1, publish_untested: false');

const pricesWith = (tests: string) => `sources:
  - name: crm
    tables: [{ name: prices, token: checksum, columns: [{ name: price, tests: [${tests}] }] }]
`;

/** Of one source, a node that is built first, and "late", which is tested and comes last. */
const twoReaders = {
  'models/sources.yml': pricesWith(''),
  'models/first.sql': 'select price from {{source "crm" "prices"}}\n',
  'models/between.sql': 'select price from {{ref "first"}}\n',
  'models/after.sql': 'select price from {{ref "between"}}\n',
  'models/late.sql': 'select price from {{source "crm" "prices"}} where true\n',
  'models/late.yml':
    'models: [{ name: late, columns: [{ name: price, tests: [accepted_range: { max_value: 5 }] }] }]\n',
};

/** What took longest comes first, so without this a pause while "late" was built would put it before "first". */
const EQUALLY_LONG = 'update analytics__store._version set duration_ms = 1';

const oneReader = (tests: string) => ({
  'models/sources.yml': pricesWith(tests),
  'models/t.sql': 'select price from {{source "crm" "prices"}}\n',
});

const notesOf = ({ events }: Ran) =>
  events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));

/** Runs a command while others change the source right before statements that are told, once for each. */
function beside(model: Model, changes: readonly (readonly [RegExp, string])[], command: () => Promise<Ran>) {
  const left = [...changes];
  let isOther = false;
  const intrude = async (sql: string) => {
    const [next] = left;
    if (isOther || next === undefined || !next[0].test(sql)) return;
    left.shift();
    isOther = true;
    await model.sql(next[1]);
    isOther = false;
  };
  return interceptStatements(intrude, command);
}

const creates = (name: string) => new RegExp(`^create table "?analytics__store"?\\."?${name}__`);
const ONE: Flags = { threads: 1 };

describe('A version that was to be reused, and is built anew of a source that moved', () => {
  it('is tested, whatever is known of the one that was to be reused', async () => {
    const model = modelProject(twoReaders);
    await model.sql(...PRICES);
    await model.build(ONE);
    await model.sql(EQUALLY_LONG);
    model.write({ 'models/first.sql': 'select price, 1 as x from {{source "crm" "prices"}}\n' });
    const move = [creates('first'), 'update crm.prices set price = 6'] as const;
    const ran = await beside(model, [move], () => model.build(ONE));
    expect(ran.ended).toMatchObject({ late: 'success' });
    expect(Object.values(ran.ended)).toContain('fail');
    expect(ran.published).not.toContain('late');
    expect(await model.sql('select price from analytics.late')).toEqual([{ price: 5 }]);
  });

  it('is not published where nothing untested may be', async () => {
    const model = modelProject({ ...twoReaders, 'project.yml': UNTESTED });
    await model.sql(...PRICES);
    await model.build(ONE);
    await model.sql(EQUALLY_LONG);
    model.write({ 'models/first.sql': 'select price, 1 as x from {{source "crm" "prices"}}\n' });
    const move = [creates('first'), 'update crm.prices set price = 6'] as const;
    const ran = await beside(model, [move], () => model.run(ONE));
    expect(ran.ended).toMatchObject({ late: 'success' });
    expect(ran.published).not.toContain('late');
    expect(ran.warnings.join('\n')).toContain('"late"');
    expect(await model.sql('select price from analytics.late')).toEqual([{ price: 5 }]);
  });
});

describe('A source that has moved since its tests passed', () => {
  it('is tested again before what was made of it is published', async () => {
    const model = modelProject(oneReader('not_null'));
    await model.sql(...PRICES);
    const move = [creates('t'), 'insert into crm.prices values (null)'] as const;
    const ran = await beside(model, [move], () => model.build(ONE));
    expect(ran.ended).toEqual({ t: 'success', source_not_null_crm_prices_price: 'fail' });
    expect(ran.published).toEqual([]);
    expect(notesOf(ran)).toContain(
      'Testing again, for others changed it while the run was at work: "prices".',
    );
    expect(ran.summary.outcome).toBe('failure');
  });

  it('is tested again although its verdict was known', async () => {
    const model = modelProject(oneReader('not_null'));
    await model.sql(...PRICES);
    await model.build(ONE);
    model.write({ 'models/t.sql': 'select price + 1 as price from {{source "crm" "prices"}}\n' });
    const move = [creates('t'), 'insert into crm.prices values (null)'] as const;
    const ran = await beside(model, [move], () => model.build(ONE));
    expect(ran.ended).toEqual({ t: 'success', source_not_null_crm_prices_price: 'fail' });
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 5 }]);
  });

  it('is tested through a live view, too', async () => {
    const model = modelProject({
      'models/sources.yml': pricesWith(''),
      'models/shown.sql': '{{config materialized="view"}} select price from {{source "crm" "prices"}}\n',
      'models/shown.yml': 'models: [{ name: shown, columns: [{ name: price, tests: [not_null] }] }]\n',
      'models/t.sql': 'select price from {{ref "shown"}}\n',
    });
    await model.sql(...PRICES);
    const move = [creates('t'), 'insert into crm.prices values (null)'] as const;
    const ran = await beside(model, [move], () => model.build(ONE));
    expect(ran.ended).toMatchObject({ t: 'success', not_null_shown_price: 'fail' });
    expect(ran.published).toEqual([]);
  });

  it('holds back what was made of it, and is not tested again, where a failure stops the run', async () => {
    const model = modelProject({
      ...oneReader('not_null'),
      'models/u.sql': `select cast('x' as integer) as n from {{ref "t"}}\n`,
    });
    await model.sql(...PRICES);
    const move = [creates('t'), 'update crm.prices set price = 6'] as const;
    const ran = await beside(model, [move], () => model.build({ ...ONE, failFast: true }));
    expect(ran.ended).toEqual({ t: 'success', u: 'error', source_not_null_crm_prices_price: 'skipped' });
    expect(ran.summary.results).toHaveLength(3);
    expect(notesOf(ran).filter((note) => /testing again/i.test(note))).toEqual([
      'Stopped before testing again, though others changed it while the run was at work: "prices".',
    ]);
    expect(ran.published).toEqual([]);
  });

  it('lets the first repeated test that fails stop the run, if it is to stop at a failure', async () => {
    const model = modelProject(oneReader('not_null, unique, accepted_range: { max_value: 5 }'));
    await model.sql(...PRICES);
    const move = [creates('t'), 'insert into crm.prices values (null), (null), (6), (6)'] as const;
    const ran = await beside(model, [move], () => model.build({ ...ONE, failFast: true }));
    const tests = ran.summary.results.filter(({ resourceType }) => resourceType === 'test');
    expect(tests.map(({ status }) => status).sort()).toEqual(['fail', 'skipped', 'skipped']);
    expect(ran.published).toEqual([]);
  });

  it('lets what was made of it be published where it still passes', async () => {
    const model = modelProject(oneReader('not_null'));
    await model.sql(...PRICES);
    const move = [creates('t'), 'update crm.prices set price = 6'] as const;
    const ran = await beside(model, [move], () => model.build(ONE));
    expect(ran.ended).toEqual({ t: 'success', source_not_null_crm_prices_price: 'pass' });
    expect(ran.summary.results).toHaveLength(2);
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 6 }]);
  });

  it('holds back what was made of it where it moves once more before it is tested', async () => {
    const model = modelProject(oneReader('accepted_range: { max_value: 50 }'));
    await model.sql(...PRICES);
    const test = /50/;
    const ran = await beside(
      model,
      [
        [creates('t'), 'update crm.prices set price = 60'],
        [test, 'update crm.prices set price = 7'],
      ],
      () => model.build(ONE),
    );
    expect(ran.ended).toMatchObject({ t: 'success' });
    const failure = ran.summary.results.find(({ resourceType }) => resourceType === 'test');
    expect(failure?.diagnostic).toMatchObject({
      code: 'RUN-010',
      message:
        '"prices" changed again while being tested, so nothing is known of the rows that were read before.',
    });
    expect(ran.published).toEqual([]);
    expect((await model.build(ONE)).published).toEqual(['t']);
    expect(await model.sql('select price from analytics.t')).toEqual([{ price: 7 }]);
  });
});
