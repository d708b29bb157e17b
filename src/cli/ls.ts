import { Option } from '@commander-js/extra-typings';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection } from './options.ts';

const RESOURCE_TYPES = ['model', 'seed', 'generated_seed', 'source', 'test'] as const;

/** `model ls`: lists what a selection means. */
export function lsCommand(invocation: Invocation) {
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
      invocation.run(async (flags) => {
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
        const criteria = { ...selectionFlags(flags), ...(Array.isArray(resourceTypes) && { resourceTypes }) };
        const selection = await stage((report) => select(dag, criteria, report), invocation.warn);
        invocation.stdout.write(listing(dag, selection, flags.output));
        return exitCodes.fine;
      }),
    );
}
