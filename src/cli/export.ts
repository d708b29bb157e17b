import { type Command, Option } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection, withWarehouse } from './options.ts';
import type { SelectFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';

interface ExportFlags extends WarehouseFlags, SelectFlags {
  readonly to: 'parquet' | 'csv' | 'duckdb';
  readonly out?: string;
}

/** `model export`: writes published relations to files that Tableau or a notebook opens. */
export function exportCommand(invocation: Invocation): Command {
  const command = describeCommand('export', 'Write published relations to files for Tableau or a notebook', [
    'model export --select marts --to parquet',
    'model export --select tall_table --to csv --out /srv/share',
    'model export --select marts --to duckdb',
  ]);
  return withWarehouse(withSelection(withProjectOptions(command)))
    .addOption(
      new Option('--to <format>', 'kind of file')
        .choices(['parquet', 'csv', 'duckdb'] as const)
        .default('parquet' as const),
    )
    .option('--out <folder>', 'where to write; default: target/export of the project')
    .action(
      invocation.run(async (flags: ExportFlags) => {
        const { publishedSelection } = await import('./published-selection.ts');
        const { exportRelations } = await import('../artifact/export-relations.ts');
        const { join, relative, resolve } = await import('node:path');
        return publishedSelection(flags, invocation, async ({ root, session, dialect, relations }) => {
          const folder = flags.out === undefined ? join(root, 'target', 'export') : resolve(flags.out);
          const tables = relations.map(({ node, relation }) => ({ name: node.name, relation }));
          const files = await exportRelations(session, dialect, { folder, format: flags.to, tables });
          for (const file of files) {
            const fromHere = relative('', file);
            invocation.stdout.write(`${fromHere.startsWith('..') ? file : fromHere}\n`);
          }
          return exitCodes.fine;
        });
      }),
    );
}
