import { type Command, Option } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection } from './options.ts';
import type { ProjectFlags } from './project-flags.ts';
import type { SelectFlags } from './selection-flags.ts';

const RESOURCE_TYPES = ['model', 'seed', 'generated_seed', 'source', 'test'] as const;

interface LsFlags extends ProjectFlags, SelectFlags {
  readonly resourceType?: readonly (typeof RESOURCE_TYPES)[number][];
  readonly output: 'text' | 'json' | 'csv';
}

/** `model ls`: lists what a selection means. */
export function lsCommand(invocation: Invocation): Command {
  const command = describeCommand('ls', 'List the nodes that a selection means', [
    'model ls',
    'model ls --select +daily --resource-type model',
    'model ls --output json',
  ]).alias('list');
  return withSelection(withProjectOptions(command))
    .addOption(new Option('--resource-type <type...>', 'kinds of node to list').choices(RESOURCE_TYPES))
    .addOption(
      new Option('-o, --output <format>', 'how to print')
        .choices(['text', 'json', 'csv'] as const)
        .default('text' as const),
    )
    .action(
      invocation.run(async (flags: LsFlags) => {
        const { readProject } = await import('../index.ts');
        const { select } = await import('../manifest/select.ts');
        const { stage } = await import('../diagnostic/diagnostic.ts');
        const { listing } = await import('./listing.ts');
        const { projectRequest } = await import('./project-flags.ts');
        const { selectionFlags } = await import('./selection-flags.ts');
        const dag = await readProject(
          await projectRequest(flags, invocation, invocation.warn),
          invocation.warn,
        );
        const resourceTypes = flags.resourceType;
        const criteria = { ...selectionFlags(flags), ...(resourceTypes !== undefined && { resourceTypes }) };
        const selection = await stage((report) => select(dag, criteria, report), invocation.warn);
        invocation.stdout.write(listing(dag, selection, flags.output));
        return exitCodes.fine;
      }),
    );
}
