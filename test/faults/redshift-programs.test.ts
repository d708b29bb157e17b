import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';
import { startModel } from '../support/program.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { AWS_ENVIRONMENT } from '../support/s3/s3-place.ts';

const FILES = {
  'models/quick.sql': 'select 1 as edition\n',
  'models/slow.sql': 'select crm.wait(edition) as edition from {{ref "quick"}}\n',
};

describeRedshift('The program on the stand-in for Redshift', (redshift) => {
  it('cancels what runs on the server when it is interrupted, publishes nothing, and exits 130', async () => {
    await redshift.admin(
      'create schema crm',
      `create function crm.wait(n integer) returns integer language plpgsql as
        'begin perform pg_sleep(60); return n; end'`,
    );
    const place = onStandIn(redshift, 'interrupted', 'deterministic_functions: [wait]\n');
    const { root } = modelProject(FILES, place);
    const build = startModel('build', { cwd: root, env: { ...AWS_ENVIRONMENT, ...place.env } });
    await build.says('built       quick');
    while (!(await atWork()).some((query) => query.includes('crm.wait'))) await sleep(20);
    build.process.kill('SIGINT');
    const { code, stderr } = await build.end;
    expect(code).toBe(130);
    expect(stderr).toContain('cancelled   slow');
    expect(await atWork()).toEqual([]);
    expect(
      await redshift.admin(
        `select table_name from information_schema.tables where table_schema = 'analytics'`,
      ),
    ).toEqual([]);
  }, 60_000);

  /** What PostgreSQL does behind the stand-in. */
  async function atWork(): Promise<readonly string[]> {
    const rows = await redshift.admin(
      `select query from pg_stat_activity
       where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
    );
    return rows.map(({ query }) => String(query));
  }
});
