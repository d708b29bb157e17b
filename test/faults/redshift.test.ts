import { beforeEach, expect, it } from 'vitest';
import { Random } from '../../src/seed/random.ts';
import { type Model, modelProject } from '../support/model.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import {
  CANCELLED,
  CONCURRENT_TRANSACTION,
  DROPPED_TABLE,
  type FaultKind,
  RELATION_GONE,
  SERIALIZABLE_VIOLATION,
} from '../support/redshift/fault.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { recordStatements } from '../support/statements.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
const SEED = Number(process.env['MODEL_FAULT_SEED'] ?? 20251231);
const SAMPLE = 5;

const seed = (edition: number) => `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', edition: 'integer' },
  rows: () => Array.from({ length: 50 }, (_, id) => [id, ${edition}]),
});
`;

/** Everything that a build can do: land and load, seeds, tables, views, a published table, grants, tests, comments. */
const FILES = {
  'seeds/numbers.ts': seed(1),
  'seeds/kinds.csv': 'kind,label\n0,even\n1,odd\n',
  'models/loaded.sql': 'select id, edition from {{source "raw" "numbers"}}\n',
  'models/summed.sql':
    '{{config materialized="view"}} select l.edition, k.label, count(*) as n from {{ref "loaded"}} as l join {{ref "kinds"}} as k on k.kind = mod(l.id, 2) group by 1, 2\n',
  'models/copied.sql': '{{config publish="table" sort="edition"}} select edition, n from {{ref "summed"}}\n',
  'models/shop.yml': `sources: [{ name: raw, tables: [{ name: numbers }] }]
models:
  - name: loaded
    description: All numbers.
    config: { grants: { select: [public] } }
    columns: [{ name: id, tests: [unique, not_null] }]
  - name: copied
    config: { grants: { select: [public] } }
`,
};

const SHOWN = `select edition from analytics.loaded
union select edition from analytics.summed
union select edition from analytics.copied`;

interface Case {
  readonly nth: number;
  readonly when: 'before' | 'during' | 'after';
}

const MOMENTS: readonly Case['when'][] = ['before', 'during', 'after'];

describeRedshift('A build on the stand-in', (redshift) => {
  let projects = 0;
  const project = () => modelProject(FILES, onStandIn(redshift, `faults-${projects++}`));

  beforeEach(async () => {
    const restore = setEnvironment(AWS_ENVIRONMENT);
    redshift.server.faults.clear();
    await redshift.clear();
    return restore;
  });

  it.each<[string, RegExp, FaultKind]>([
    ['1023 while a table is made', /create table analytics__store\.loaded/, SERIALIZABLE_VIOLATION],
    ['a relation that is gone while a view is made', /create view analytics__store\.summed/, RELATION_GONE],
    ['1023 when a version is recorded', /update "?analytics__store"?\."?_version/, SERIALIZABLE_VIOLATION],
    [
      'a conflict when the environment is set',
      /update "?analytics__store"?\."?_environment/,
      CONCURRENT_TRANSACTION,
    ],
    ['a conflict when views are published', /create or replace view analytics\./, DROPPED_TABLE],
    [
      '1023 while the published table is swapped',
      /alter table analytics\.copied__\w+__next/,
      SERIALIZABLE_VIOLATION,
    ],
    ['1023 in a test', /select count\(\*\) as failures/, SERIALIZABLE_VIOLATION],
  ])('goes on after %s', { timeout: 120_000 }, async (_, statement, fault) => {
    const model = project();
    const { statements } = await recordStatements(() => model.build());
    expect(statements.some((sql) => statement.test(sql))).toBe(true);
    model.write({ 'seeds/numbers.ts': seed(2) });
    redshift.server.faults.add({ statement, fault });
    const { ended, published } = await model.build();
    expect(Object.values(ended).filter((end) => !['success', 'pass', 'reused'].includes(end))).toEqual([]);
    expect(published).toEqual(['copied', 'loaded', 'summed']);
    expect(await shown(model)).toEqual([2]);
    expect(await leftovers(model)).toEqual([]);
  });

  it('tells of a statement that somebody cancelled, and a next one finishes', {
    timeout: 120_000,
  }, async () => {
    const model = project();
    redshift.server.faults.add({ statement: /create table analytics__store\.loaded/, fault: CANCELLED });
    const { ended, summary } = await model.build();
    expect(ended).toMatchObject({ loaded: 'error', summed: 'skipped', copied: 'skipped' });
    expect(summary.results.find(({ name }) => name === 'loaded')?.message).toContain('canceled on user');
    expect((await model.build()).summary.outcome).toBe('success');
    expect(await shown(model)).toEqual([1]);
  });

  it.each(MOMENTS)('connects once more where the first connection is lost %s its set-up', async (when) => {
    const model = project();
    redshift.server.faults.add({ statement: /^set datestyle/, fault: { kind: 'drop', when } });
    expect((await model.build()).summary.outcome).toBe('success');
    expect(await shown(model)).toEqual([1]);
  });

  it('whose connection is lost at any statement shows one edition; it finishes, or the next one does', {
    timeout: 3_000_000,
  }, async () => {
    const model = project();
    await model.build();
    model.write({ 'seeds/numbers.ts': seed(2) });
    const { statements } = await recordStatements(() => model.build({ threads: 1 }));
    const random = new Random(SEED);
    const all = statements.flatMap((_, index) => MOMENTS.map((when) => ({ nth: index + 1, when })));
    const cases = FULL ? all : Array.from({ length: SAMPLE }, () => random.pick(all as [Case, ...Case[]]));
    const unfinished: string[] = [];
    for (const [position, { nth, when }] of cases.entries()) {
      const edition = position + 3;
      const told = `seed ${SEED}: ${when} ${statements[nth - 1]}`;
      model.write({ 'seeds/numbers.ts': seed(edition) });
      redshift.server.faults.add({ statement: /^/, nth, fault: { kind: 'drop', when } });
      const finished = await model.build({ threads: 1 }).then(
        ({ summary }) => summary.outcome === 'success',
        () => false,
      );
      redshift.server.faults.clear();
      if (!finished) unfinished.push(told);
      const editions = finished ? [edition] : [edition - 1, edition];
      expect(await shown(model), told).toEqual([expect.toBeOneOf(editions)]);
      expect((await model.build()).summary.outcome, told).toBe('success');
      expect(await shown(model), told).toEqual([edition]);
      expect(await leftovers(model), told).toEqual([]);
    }
    expect(unfinished).toEqual([]);
  });

  it('beside another of the same environment: one publishes, the other does too or says so', {
    timeout: 300_000,
  }, async () => {
    const place = onStandIn(redshift, `faults-${projects++}`, 'vars: { edition: 0 }\n');
    const model = modelProject(
      {
        'models/a.sql': 'select {{var "edition"}} as edition\n',
        'models/b.sql': '{{config publish="table"}} select edition from {{ref "a"}}\n',
        'models/c.sql': '{{config materialized="view"}} select edition from {{ref "a"}}\n',
      },
      place,
    );
    await model.build({ variables: { edition: 1 } });
    for (let edition = 2; edition < (FULL ? 20 : 6); edition += 2) {
      const editions = [edition, edition + 1];
      const runs = await Promise.all(editions.map((each) => model.build({ variables: { edition: each } })));
      const ends = runs.map(({ ended }) => new Set(Object.values(ended)));
      for (const end of ends)
        expect(['success', 'reused', 'superseded']).toEqual(expect.arrayContaining([...end]));
      const shownNow = await model.sql(`select (select edition from analytics.a) as a,
        (select edition from analytics.b) as b, (select edition from analytics.c) as c`);
      const [{ a } = {}] = shownNow;
      expect(editions).toContain(a);
      expect(shownNow).toEqual([{ a, b: a, c: a }]);
      const loser = runs[a === edition ? 1 : 0];
      const winner = runs[a === edition ? 0 : 1];
      expect(winner?.published).toEqual(['a', 'b', 'c']);
      expect([[], ['a', 'b', 'c']]).toContainEqual(loser?.published);
      expect(await claims(model)).toEqual([]);
    }
  });
});

async function shown(model: Model): Promise<unknown[]> {
  return (await model.sql(SHOWN)).map(({ edition }) => edition);
}

/** Tables that a publish would have dropped, and claims of versions that nobody builds. */
async function leftovers(model: Model): Promise<readonly unknown[]> {
  const tables = await model.sql(`select cast(relname as varchar(256)) as name from pg_class
    where (relname like '%\\\\_\\\\_next' or relname like '%\\\\_\\\\_old') and relkind = 'r'`);
  return [...tables, ...(await claims(model))];
}

function claims(model: Model): Promise<readonly unknown[]> {
  return model.sql(`select physical_name from analytics__store._version where status = 'building'`);
}
