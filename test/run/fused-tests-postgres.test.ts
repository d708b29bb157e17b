import { beforeEach, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { interceptStatements } from '../support/statements.ts';

const SHARED = /as failures_1/;
const OF_ONE = /^select count\(\*\) as failures\n/;

/** A model with four tests that can share a query, and a reader of it. */
const files = (rows: string) => ({
  'models/a.sql': `${rows}\n`,
  'models/b.sql': 'select n from {{ref "a"}}\n',
  'models/a.yml': `models:
  - name: a
    columns:
      - name: n
        tests:
          - { not_null: { name: n_is_there } }
          - { accepted_values: { name: n_is_known, values: [1, 2] } }
          - { accepted_range: { name: n_is_small, max_value: 5 } }
          - { expression_is_true: { name: n_divides, expression: "<> 0 and 10 / n > 0" } }
`,
});

describePostgres('A run whose tests share queries', (database) => {
  const project = (rows: string) => modelProject(files(rows), onDatabase(database));

  beforeEach(() => clearDatabase(database));

  /** What is sent to test something, in order. */
  async function sentBy(work: () => Promise<unknown>): Promise<readonly string[]> {
    const sent: string[] = [];
    await interceptStatements((sql) => {
      if (SHARED.test(sql) || OF_ONE.test(sql)) sent.push(sql);
    }, work);
    return sent;
  }

  it('asks once of each relation what passes', async () => {
    const model = project('select 1 as n union all select 2');
    const sent = await sentBy(async () => {
      const { ended, published } = await model.build();
      expect(ended).toMatchObject({ n_is_there: 'pass', n_is_known: 'pass', n_is_small: 'pass' });
      expect(published).toEqual(['a', 'b']);
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(SHARED);
  });

  it('tells each test its own count, and asks again only for what it must', async () => {
    const model = project('select 1 as n union all select 9 union all select 9 union all select null');
    const sent = await sentBy(async () => {
      const { ended, summary } = await model.build();
      expect(ended).toEqual({
        ...{ a: 'success', b: 'skipped' },
        ...{ n_is_there: 'fail', n_is_known: 'fail', n_is_small: 'fail', n_divides: 'pass' },
      });
      const counts = summary.results.map(({ name, failures }) => [name, failures]);
      expect(Object.fromEntries(counts)).toMatchObject({ n_is_there: 1, n_is_known: 1, n_is_small: 2 });
    });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain('group by n');
  });

  it('leaves out what is known from earlier', async () => {
    const model = project('select 1 as n union all select 9');
    await model.build();
    const sent = await sentBy(async () => {
      const { ended } = await model.build();
      expect(ended).toMatchObject({ n_is_there: 'cached pass', n_is_known: 'fail', n_is_small: 'fail' });
    });
    expect(sent[0]).toMatch(SHARED);
    expect(sent[0]).not.toContain('n is null');
  });

  it('lets an expression that is an error fail by itself', async () => {
    const model = project('select 1 as n');
    model.write({
      'models/a.yml': files('')['models/a.yml'].replace('<> 0 and 10 / n', '> 0 and 10 / (n - 1)'),
    });
    const { ended, summary } = await model.build();
    expect(ended).toMatchObject({
      n_is_there: 'pass',
      n_is_known: 'pass',
      n_is_small: 'pass',
      n_divides: 'error',
    });
    const broken = summary.results.find(({ name }) => name === 'n_divides');
    expect(broken?.diagnostic).toMatchObject({ message: expect.stringContaining('division by zero') });
    expect(broken?.diagnostic?.span?.source.path).toBe('models/a.yml');
  });

  it('judges none of them when it is interrupted meanwhile', async () => {
    const model = project('select 1 as n');
    const abort = new AbortController();
    const { summary } = await interceptStatements(
      (sql) => {
        if (SHARED.test(sql)) abort.abort();
      },
      () => model.build({ signal: abort.signal }),
    );
    expect(summary).toMatchObject({ outcome: 'cancelled', published: [] });
    const tests = summary.results.filter(({ resourceType }) => resourceType === 'test');
    expect(tests.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    expect((await model.build()).published).toEqual(['a', 'b']);
  });

  it('stops at the first that fails, where it is to', async () => {
    const model = project('select 9 as n');
    const { ended } = await model.build({ failFast: true, threads: 1 });
    expect(Object.values(ended).filter((status) => status === 'fail')).toHaveLength(1);
    expect(ended).toMatchObject({ a: 'success', b: 'skipped' });
  });
});
