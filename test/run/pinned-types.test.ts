import { beforeEach, describe, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { engineFailure, interceptStatements, recordStatements } from '../support/statements.ts';

const typed = (column: string, type: string, test = '') =>
  `models: [{ name: t, columns: [{ name: ${column}, data_type: "${type}"${test && `, tests: [${test}]`} }] }]\n`;

const engines: readonly ((body: (project: typeof modelProject) => void) => void)[] = [
  (body) => describe('A column with a declared type on DuckDB', () => body((files) => modelProject(files))),
  (body) =>
    describePostgres('A column with a declared type on PostgreSQL', (database) => {
      beforeEach(() => clearDatabase(database));
      body((files) => modelProject(files, onDatabase(database)));
    }),
];

for (const describeEngine of engines) {
  describeEngine((project) => {
    it.each(['table', 'view'])('is tested as it is published, of a %s', async (materialized) => {
      const model = project({
        'models/t.sql': `{{config materialized="${materialized}"}} select 1.4 as n union all select 0.9\n`,
        'models/t.yml': typed('n', 'integer', 'unique'),
      });
      const ran = await model.build();
      expect(ran.ended).toEqual({ t: 'success', unique_t_n: 'fail' });
      expect(ran.published).toEqual([]);
    });

    it('fails the build where a value cannot be cast, and nothing of the others', async () => {
      const model = project({
        'models/t.sql': '{{config publish="table"}} select cast(\'abc\' as varchar) as n\n',
        'models/t.yml': typed('n', 'integer'),
        'models/other.sql': 'select 1 as n\n',
      });
      const ran = await model.build();
      expect(ran.ended).toEqual({ t: 'error', other: 'success' });
      expect(ran.summary.results.find(({ name }) => name === 't')?.diagnostic?.code).toBe('RUN-011');
      expect(ran.published).toEqual(['other']);
    });

    it('leaves a table as it was created that has the type already', async () => {
      const model = project({
        'models/t.sql':
          'select cast(1 as integer) as n, cast(2.5 as numeric(18,2)) as a, cast(1 as bigint) as b\n',
        'models/t.yml': `models:
  - name: t
    columns:
      - { name: n, data_type: integer }
      - { name: a, data_type: "numeric(18,2)" }
      - { name: b, data_type: bigint }
`,
      });
      const { statements } = await recordStatements(() => model.build());
      expect(statements.filter((sql) => sql.includes('__pinned'))).toEqual([]);
    });

    it('is compared as it was built by --verify-reuse', async () => {
      const model = project({
        'models/t.sql': 'select 1.4 as n\n',
        'models/t.yml': typed('n', 'integer'),
      });
      await model.build();
      expect((await model.build({ verifyReuse: true })).ended).toEqual({ t: 'reused' });
    });
  });
}

it('A table whose columns have other types than declared is copied under its name', async () => {
  const model = modelProject({
    'models/t.sql': 'select 1.4 as n, 2 as m\n',
    'models/t.yml': typed('n', 'integer'),
  });
  const { result, statements } = await recordStatements(() => model.build());
  expect(result.ended).toEqual({ t: 'success' });
  const pinning = statements.filter((sql) => sql.includes('__pinned')).join(';\n');
  expect(
    pinning.replaceAll(/t__[0-9a-f]{12}/g, 't__hash'),
  ).toBe(`create table analytics__store.t__hash__pinned as
select
  cast(n as integer) as n,
  m
from analytics__store.t__hash;
alter table analytics__store.t__hash__pinned rename to t__hash`);
  expect(await model.sql('select * from analytics.t')).toEqual([{ n: 1, m: 2 }]);
});

it('A disk that is full while types are pinned is told as that', async () => {
  const model = modelProject({ 'models/t.sql': 'select 1.4 as n\n', 'models/t.yml': typed('n', 'integer') });
  const ran = await whilePinningFails(engineFailure('IO', 'No space left on device'), () => model.build());
  expect(ran.ended).toEqual({ t: 'error' });
  expect(ran.summary.results[0]?.diagnostic?.code).toBe('RUN-008');
});

describePostgres('A time limit that ends the pinning of types', (database) => {
  it('is not told as a value that cannot be cast', async () => {
    await clearDatabase(database);
    const model = modelProject(
      { 'models/t.sql': 'select 1.4 as n\n', 'models/t.yml': typed('n', 'integer') },
      onDatabase(database),
    );
    const message = 'canceling statement due to statement timeout';
    const timeout = Object.assign(new Error(message), { code: '57014', severity: 'ERROR' });
    const ran = await whilePinningFails(timeout, () => model.build());
    expect(ran.ended).toEqual({ t: 'error' });
    expect(ran.summary.results[0]?.diagnostic).toMatchObject({
      code: 'RUN-006',
      message: expect.stringContaining(message),
    });
  });
});

describePostgres('A text that is declared longer', (database) => {
  it('is published as declared, and its table is written once', async () => {
    await clearDatabase(database);
    const model = modelProject(
      {
        'models/t.sql': "select cast('web' as varchar(3)) as s\n",
        'models/t.yml': typed('s', 'varchar(10)'),
      },
      onDatabase(database),
    );
    const { result, statements } = await recordStatements(() => model.build());
    expect(result.published).toEqual(['t']);
    expect(statements.filter((sql) => sql.includes('__pinned'))).toEqual([]);
    expect(
      await model.sql(
        "select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 'analytics.t'::regclass and attnum > 0",
      ),
    ).toEqual([{ type: 'character varying(10)' }]);
  });
});

describePostgres('A text that is declared shorter', (database) => {
  it('is tested as it is cut', async () => {
    await clearDatabase(database);
    const files = {
      'models/t.sql': "select cast('abcdef' as varchar) as s\n",
      'models/t.yml': typed('s', 'varchar(3)', 'accepted_values: { values: [abcdef] }'),
    };
    const ran = await modelProject(files, onDatabase(database)).build();
    expect(Object.values(ran.ended)).toEqual(['success', 'fail']);
    expect(ran.published).toEqual([]);
  });
});

describeRedshift('A column with a declared type on Redshift', (redshift) => {
  beforeEach(async () => {
    const restore = setEnvironment(AWS_ENVIRONMENT);
    await redshift.clear();
    return restore;
  });

  it('is tested as it is published, and its table keeps its dist and sort keys', async () => {
    const files = {
      'models/t.sql':
        '{{config dist="n" sort="n"}} select 1.4 as n, \'a\' as s union all select 0.9, \'b\'\n',
      'models/t.yml': typed('n', 'integer', 'unique'),
    };
    const model = modelProject(files, onStandIn(redshift, 'pinned-types'));
    const { result, statements } = await recordStatements(() => model.build());
    expect(result.ended).toEqual({ t: 'success', unique_t_n: 'fail' });
    const pinning = statements.find((sql) => sql.includes('__pinned')) ?? '';
    expect(pinning).toMatch(
      /__pinned\s+diststyle key\s+distkey \(n\)\s+sortkey \(n\)\s+as\s+select\s+cast\(n as integer\) as n,\s+s\s/,
    );
  });

  it.each([
    '10',
    '2',
  ])('is cast in the published view, where a view selects a literal (%s)', async (length) => {
    const files = {
      'models/t.sql': `{{config materialized="view"}} select 'web' as channel, 1.4 as n\n`,
      'models/t.yml': `models:
  - name: t
    columns: [{ name: channel, data_type: varchar(${length}) }, { name: n, data_type: integer }]
`,
    };
    const model = modelProject(files, onStandIn(redshift, 'pinned-literals'));
    const { result, statements } = await recordStatements(() => model.build());
    expect(result.ended).toEqual({ t: 'success' });
    expect(result.published).toEqual(['t']);
    const [, pinned = '', published = ''] = statements.filter((sql) =>
      /create (?:or replace )?view/.test(sql),
    );
    expect(pinned).toContain('select\n  channel,\n  cast(n as integer) as n\nfrom (');
    expect(published).toContain(`  cast(channel as varchar(${length})) as channel,\n`);
    expect(await model.sql('select * from analytics.t')).toEqual([
      { channel: 'web'.slice(0, Number(length)), n: 1 },
    ]);
  });

  it('leaves a table as it was created whose texts are declared longer', async () => {
    const files = {
      'models/t.sql': "select cast('web' as varchar(3)) as s\n",
      'models/t.yml': typed('s', 'varchar(10)'),
    };
    const model = modelProject(files, onStandIn(redshift, 'pinned-texts'));
    const { result, statements } = await recordStatements(() => model.build());
    expect(result.published).toEqual(['t']);
    expect(statements.filter((sql) => sql.includes('__pinned'))).toEqual([]);
    expect(statements.some((sql) => sql.includes('cast(s as varchar(10)) as s'))).toBe(true);
  });
});

/** Does some work while the copy of a table to its declared types fails. */
function whilePinningFails<T>(error: Error, work: () => Promise<T>): Promise<T> {
  return interceptStatements((sql) => {
    if (/^create table \S+__pinned/.test(sql)) throw error;
  }, work);
}
