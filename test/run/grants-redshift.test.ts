import { beforeEach, expect, it } from 'vitest';
import { type Model, modelProject } from '../support/model.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';

const LOADER = { user: 'loader', password: 'Loads1nightly' };
const VIEW = 'select 1 as n\n';
const OTHER = 'select 2 as n, 3 as m\n';
const TABLE = '{{config publish="table"}} select 1 as n\n';

describeRedshift('On Redshift a user who is no superuser', (redshift) => {
  let projects = 0;

  beforeEach(async () => {
    const restore = setEnvironment(AWS_ENVIRONMENT);
    await redshift.clear();
    const admin = await redshift.connect();
    await admin.query(`create user loader password '${LOADER.password}'`);
    await admin.query(`create user tableau password 'Never1used'`);
    await admin.query('create group bi');
    await admin.query('create role reader');
    await redshift.admin(
      `do $$ begin execute format('grant create on database %I to %s', current_database(), stand_in.role_of('user', 'loader')); end $$`,
    );
    return restore;
  });

  const project = (daily: string, ...grants: readonly string[]): Model => {
    const settings = { ...redshift.settings, ...LOADER };
    const place = onStandIn({ ...redshift, settings, s3: redshift.s3 }, `grants-${projects++}`);
    return modelProject({ 'models/daily.sql': daily, 'models/daily.yml': yml(grants) }, place);
  };

  it('grants to a role that the catalog does not show to them', async () => {
    const model = project(VIEW, 'role reader', 'group bi', 'tableau');
    expect((await model.build()).summary.outcome).toBe('success');
    expect(await granted()).toEqual(['group bi', 'role reader', 'user tableau']);
  });

  it.each([
    ['a view', VIEW, VIEW],
    ['a view that is replaced', VIEW, 'select 2 as n\n'],
    ['a view that is made anew', VIEW, OTHER],
    ['a table', TABLE, TABLE],
  ])('takes back on %s what the project no longer grants, though they do not see it', async (_, before, after) => {
    const model = project(before, 'role reader', 'tableau', 'group bi');
    await model.build();
    model.write({ 'models/daily.sql': after, 'models/daily.yml': yml(['group bi']) });
    expect((await model.build()).summary.outcome).toBe('success');
    expect(await granted()).toEqual(['group bi']);
  });

  it('needs to take nothing back from who is gone', async () => {
    const model = project(VIEW, 'role reader', 'tableau');
    await model.build();
    const admin = await redshift.connect();
    await admin.query('drop role reader');
    await admin.query('drop user tableau');
    model.write({ 'models/daily.yml': yml([]) });
    expect((await model.build()).summary.outcome).toBe('success');
    expect(await granted()).toEqual([]);
  });

  it('hears of a role that is not there before anything is built', async () => {
    const model = project(VIEW, 'role raeder');
    await expect(model.build()).rejects.toThrow(/STO-014 .*"role raeder"/);
    expect(await model.sql(`select * from svv_tables where table_name like 'daily%'`)).toEqual([]);
  });

  const granted = async () => {
    const rows = await redshift.admin(
      `select kind || ' ' || name as grantee from stand_in.privileges
       where object = to_regclass('analytics.daily') and privilege = 'SELECT' order by 1`,
    );
    return rows.map(({ grantee }) => grantee);
  };
});

function yml(grants: readonly string[]): string {
  return `models: [{ name: daily, config: { grants: { select: ${JSON.stringify(grants)} } } }]\n`;
}
