import { expect, test } from 'vitest';
import { describePostgres } from '../../support/postgres/database.ts';

describePostgres('A test database', (database) => {
  test('is empty, and keeps what a test put there', async () => {
    const tables = `select count(*)::int as tables from information_schema.tables where table_schema = 'public'`;
    expect(await database.admin(tables)).toEqual([{ tables: 0 }]);
    await database.admin('create table kept (id integer)');
    expect(await database.admin(tables)).toEqual([{ tables: 1 }]);
  });
});
