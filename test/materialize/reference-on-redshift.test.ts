import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { publishedSql } from '../../src/compile/compiled-text.ts';
import { compileProject, readProject } from '../../src/index.ts';
import type { ModelNode } from '../../src/manifest/node.ts';
import { materializationOf } from '../../src/materialize/registry.ts';
import { describeSqlfluff, expectTaken } from '../dialect/redshift/sqlfluff.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The variables that the target `prod` reads. */
const env = {
  REDSHIFT_HOST: 'cluster.abc.eu-west-1.redshift.amazonaws.com',
  REDSHIFT_USER: 'builder',
  REDSHIFT_PASSWORD: 'not a real one',
  REDSHIFT_DATABASE: 'analytics',
  MODEL_LANDING: 's3://bucket/landing',
  AWS_REGION: 'eu-west-1',
};

/** What creates a version of each model of the reference project on Redshift, over the published names of what it reads. */
async function createStatements(): Promise<ReadonlyMap<string, { node: ModelNode; sql: string }>> {
  const request = { projectDir: root, target: 'prod', env, projectCode: true };
  const dag = await readProject(request, () => {});
  const { dialect, models } = await compileProject(dag, { select: [], exclude: [] }, () => {});
  const statements = [...models.values()].map((compiled) => {
    const { node } = compiled;
    const input = {
      dialect,
      version: { schema: 'analytics__store', name: `${node.name}__0123456789ab` },
      select: publishedSql(compiled, dag.manifest, dialect).sql,
      config: node.config,
      columns: [],
    };
    const created = materializationOf(node.config.materialized)?.create(input) ?? [];
    return [node.name, { node, sql: created.map(({ sql }) => `${sql}\n`).join(';\n') }] as const;
  });
  return new Map(statements);
}

let statements: Awaited<ReturnType<typeof createStatements>>;
beforeAll(async () => {
  statements = await createStatements();
});

describe('the reference project on Redshift', () => {
  test.each([
    'stg_events_judged',
    'stg_subscription_events',
    'int_day',
    'int_user_day_slice',
    'arr',
    'weekly',
  ])('%s is made as its golden file says', async (name) => {
    await expect(statements.get(name)?.sql).toMatchFileSnapshot(`golden/redshift/${name}.sql`);
  });

  test('marts are granted to Tableau, and nothing else is', () => {
    for (const { node } of statements.values())
      expect([node.name, node.config.grants]).toEqual([
        node.name,
        node.tags.includes('mart') ? { select: ['tableau'] } : {},
      ]);
  });

  test('what has a row a user lies where the user lies, and the small marts on every node', () => {
    const distribution = ({ config }: ModelNode) => config.storage.dist;
    const nodes = [...statements.values()].map(({ node }) => node);
    const marts = nodes.filter(({ tags }) => tags.includes('mart'));
    expect(new Set(marts.map((node) => `${node.name === 'tall_table'}: ${distribution(node)}`))).toEqual(
      new Set(['false: all', 'true: even']),
    );
    const byUser = nodes.filter((node) => distribution(node) === 'user_id').map(({ name }) => name);
    expect(byUser).toEqual(expect.arrayContaining(['stg_events', 'int_user_day_slice', 'int_arr_change']));
  });
});

describeSqlfluff('sqlfluff', () => {
  test('reads these models', { timeout: 300_000 }, async () => {
    await expectTaken(fileURLToPath(new URL('golden/redshift', import.meta.url)));
  });
});
