import { beforeEach, expect, it } from 'vitest';
import { Random } from '../../src/seed/random.ts';
import { type Model, modelProject } from '../support/model.ts';
import { MOMENTS, type Moment, withBrokenConnections } from '../support/postgres/broken-connection.ts';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
const SEED = Number(process.env['MODEL_FAULT_SEED'] ?? 20251231);
const SAMPLE = 6;

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
    '{{config materialized="view"}} select l.edition, k.label, count(*) as n from {{ref "loaded"}} as l join {{ref "kinds"}} as k on k.kind = l.id % 2 group by 1, 2\n',
  'models/copied.sql': '{{config publish="table"}} select edition, n from {{ref "summed"}}\n',
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

const SHOWN = `select distinct edition from (
  select edition from analytics.loaded
  union all select edition from analytics.summed
  union all select edition from analytics.copied
  union all select case when count(*) = 50 then min(edition) end from analytics.loaded
) as shown`;

describePostgres('A build whose connection to PostgreSQL is lost', (database) => {
  beforeEach(() => clearDatabase(database));

  it('at any statement, at any moment of it, shows one edition; it finishes, or the next one does', async () => {
    const model = modelProject(FILES, onDatabase(database));
    await model.build();
    const statements = await statementsOf(database, model, 2);
    const cases = FULL ? allCases(statements) : sampleOf(allCases(statements));
    const unfinished: string[] = [];
    for (const [position, fault] of cases.entries()) {
      const edition = position + 3;
      const told = `seed ${SEED}: ${fault.moment} ${statements[fault.index]}`;
      model.write({ 'seeds/numbers.ts': seed(edition) });
      const finished = await buildBroken(database, model, fault);
      if (!finished) unfinished.push(told);
      const editions = finished ? [edition] : [edition - 1, edition];
      expect(await shown(model), told).toEqual([expect.toBeOneOf(editions)]);
      expect((await model.build()).summary.outcome, told).toBe('success');
      expect(await shown(model), told).toEqual([edition]);
      expect(await leftovers(model), told).toEqual([]);
    }
    expect(unfinished).toEqual([]);
  }, 3_000_000);
});

/** A connection that breaks at the statement of an index. */
interface Fault {
  readonly index: number;
  readonly moment: Moment;
}

function allCases(statements: readonly string[]): readonly Fault[] {
  return statements.flatMap((_, index) => MOMENTS.map((moment) => ({ index, moment })));
}

function sampleOf(cases: readonly Fault[]): readonly Fault[] {
  const random = new Random(SEED);
  return Array.from({ length: SAMPLE }, () => random.pick(cases as [Fault, ...Fault[]]));
}

async function statementsOf(
  { url }: TestDatabase,
  model: Model,
  edition: number,
): Promise<readonly string[]> {
  const statements: string[] = [];
  model.write({ 'seeds/numbers.ts': seed(edition) });
  await withBrokenConnections(
    url,
    (sql) => {
      statements.push(sql);
      return undefined;
    },
    () => model.build({ threads: 1 }),
  );
  return statements;
}

/** Whether a build got over a fault by itself. */
async function buildBroken({ url }: TestDatabase, model: Model, { index, moment }: Fault): Promise<boolean> {
  let sent = 0;
  const momentOf = () => (sent++ === index ? moment : undefined);
  const build = () => model.build({ threads: 1 });
  return withBrokenConnections(url, momentOf, build).then(
    ({ summary }) => summary.outcome === 'success',
    () => false,
  );
}

async function shown(model: Model): Promise<unknown[]> {
  return (await model.sql(SHOWN)).map(({ edition }) => edition);
}

/** Tables that a publish would have dropped, claims of versions that nobody builds, and rows that were loaded twice. */
async function leftovers(model: Model): Promise<unknown> {
  return model.sql(`select relname from pg_class where relname ~ '__(next|old)$' and relkind = 'r'
    union all select physical_name from analytics__store._version where status = 'building'
    union all select 'loaded twice' from analytics__raw.numbers group by id having count(*) > 1`);
}
