import { expect, test } from 'vitest';
import { describeRedshift } from './database.ts';

/** AWS's own example of transactions that cannot have run one after the other. */
const EXAMPLE = [
  ['one', 'begin'],
  ['other', 'begin'],
  ['one', 'select * from s.tab1'],
  ['one', 'insert into s.tab2 values (1)'],
  ['other', 'insert into s.tab1 values (1)'],
  ['other', 'select * from s.tab2'],
  ['one', 'commit'],
  ['other', 'commit'],
] as const;

for (const isolation of ['snapshot', 'serializable'] as const)
  describeRedshift(
    `Transactions of the stand-in in ${isolation} isolation`,
    (redshift) => {
      test(`that read what the other writes ${isolation === 'snapshot' ? 'commit' : 'are refused'}`, async () => {
        const sessions = { one: await redshift.connect(), other: await redshift.connect() };
        await sessions.one.query('create schema s');
        for (const table of ['tab1', 'tab2']) await sessions.one.query(`create table s.${table} (a integer)`);
        const run = async () => {
          for (const [name, sql] of EXAMPLE) await sessions[name].query(sql);
        };
        if (isolation === 'snapshot') await run();
        else await expect(run()).rejects.toMatchObject({ code: 'XX000', message: '1023' });
      });
    },
    { isolation },
  );
