import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelProject, type Ran, SHOP_YML } from '../support/model.ts';

const TESTED = {
  'models/a.sql': 'select 1 as n\n',
  'models/a.yml': 'models: [{ name: a, columns: [{ name: n, tests: [not_null] }] }]\n',
};

/** How many nodes a run said that it would finish, and how many it finished. */
function promised({ events }: Ran) {
  const started = events.find((event) => event.kind === 'run-started');
  const finished = events.filter((event) => event.kind === 'node-finished');
  return { promised: started?.nodes, finished: finished.length };
}

describe('A selection', () => {
  it('of nothing does nothing, and is fine', async () => {
    const { ended, published, summary } = await modelProject(TESTED).build({ select: ['nope*'] });
    expect({ ended, published, outcome: summary.outcome }).toEqual({
      ended: {},
      published: [],
      outcome: 'success',
    });
  });

  it('of tests alone tests what is published', async () => {
    const model = modelProject(TESTED);
    await model.build();
    const { ended, published } = await model.build({ select: ['test_type:generic'] });
    expect({ ended, published }).toEqual({ ended: { not_null_a_n: 'cached pass' }, published: [] });
  });

  it('counts what the run is going to finish, and nothing else', async () => {
    const model = modelProject({
      ...TESTED,
      'project.yml': SHOP_YML.replace('threads: 2', 'threads: 1, landing: landing'),
      'seeds/orders.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { id: 'integer' }, *rows() { yield [1]; } });
`,
      'models/inline.sql': '{{config materialized="ephemeral"}}\nselect n from {{ref "a"}}\n',
      'models/b.sql':
        'select n, id from {{ref "inline"}}, {{source "raw" "orders"}}, {{source "crm" "people"}}\n',
      'models/sources.yml': `sources:
  - name: raw
    tables:
      - { name: orders, columns: [{ name: id, data_type: integer }] }
      - { name: never_landed, columns: [{ name: id, data_type: integer }] }
  - name: crm
    tables: [{ name: people, token: checksum }]
`,
    });
    await model.sql('create schema crm', 'create table crm.people as select 1 as person');
    expect(promised(await model.build())).toEqual({ promised: 5, finished: 5 });
    expect(promised(await model.run())).toEqual({ promised: 2, finished: 2 });
    expect(promised(await model.test())).toEqual({ promised: 1, finished: 1 });
  });
});

describe('A live view that is not published', () => {
  it('is left out of model test, which says why', async () => {
    const model = modelProject({
      ...TESTED,
      'models/v.sql': '{{config materialized="view"}}\nselect n from {{source "crm" "numbers"}}\n',
      'models/v.yml': 'models: [{ name: v, columns: [{ name: n, tests: [not_null] }] }]\n',
      'models/sources.yml': 'sources: [{ name: crm, tables: [{ name: numbers, token: checksum }] }]\n',
    });
    await model.sql('create schema crm', 'create table crm.numbers as select 1 as n');
    await model.build();
    const ran = await model.test();
    expect(ran.ended).toEqual({ not_null_a_n: 'cached pass', not_null_v_n: 'skipped' });
    expect(ran.summary.outcome).toBe('success');
    const notes = ran.events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));
    expect(notes).toContain(
      'Left out 1 test of the live view "v", which is not published; model build tests it.',
    );
    const left = ran.summary.results.find(({ name }) => name === 'not_null_v_n');
    expect(left?.message).toBe('The live view "v" is not published; model build tests it.');
    expect(promised(ran)).toEqual({ promised: 2, finished: 2 });
    await model.build({ publishLive: true });
    expect((await model.test()).ended).toMatchObject({ not_null_v_n: 'pass' });
  });
});

it('What a run was asked for is in run_results.json, without the values of vars', async () => {
  const model = modelProject({ ...TESTED, 'project.yml': `${SHOP_YML}vars: { token: none }\n` });
  await model.build({
    select: ['a'],
    fullRefresh: true,
    variables: { token: 'hunter2' },
    seedOptions: { days: 3 },
  });
  const text = readFileSync(join(model.root, 'target/run_results.json'), 'utf8');
  expect(text).not.toContain('hunter2');
  expect(JSON.parse(text).args).toEqual({
    ...{ which: 'build', select: ['a'], exclude: [], vars: ['token'], days: 3, max_errors: 0 },
    ...{ fail_fast: false, full_refresh: true, publish: 'passed', publish_live: false },
    ...{ adopt: [], verify_reuse: false },
  });
});
