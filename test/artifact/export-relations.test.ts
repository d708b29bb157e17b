import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRelations } from '../../src/artifact/export-relations.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { scratchFolder, scratchSession } from '../warehouse/duckdb/scratch.ts';

const folder = scratchFolder();
const scratch = scratchSession();

test('an engine that writes no files says so before anything is written', async () => {
  const out = join(folder.path, 'export');
  const exported = exportRelations(scratch.session, postgresDialect, {
    folder: out,
    format: 'csv',
    tables: [{ name: 'daily', relation: { schema: 'analytics', name: 'daily' } }],
  });
  await expect(exported).rejects.toMatchObject({
    diagnostics: [{ code: 'RUN-102', hint: expect.stringContaining('duckdb with --target') }],
  });
  expect(existsSync(out)).toBe(false);
});
