import { type Command, Option } from 'commander';
import type { Result } from '../artifact/last-result.ts';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withIndirectSelection, withProjectOptions, withSelection } from './options.ts';
import type { ProjectFlags } from './project-flags.ts';
import type { SelectFlags } from './selection-flags.ts';

const RESOURCE_TYPES = ['model', 'seed', 'generated_seed', 'source', 'test', 'unit_test'] as const;

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
  return withIndirectSelection(withSelection(withProjectOptions(command)))
    .addOption(new Option('--resource-type <type...>', 'kinds of node to list').choices(RESOURCE_TYPES))
    .addOption(
      new Option('-o, --output <format>', 'how to print')
        .choices(['text', 'json', 'csv'] as const)
        .default('text' as const),
    )
    .action(
      invocation.run(async (flags: LsFlags) => {
        const { repeatedResult } = await import('../artifact/last-result.ts');
        const { repeatable } = await import('./repeatable.ts');
        invocation.stdout.write(
          await repeatedResult(repeatable('ls', flags, [], invocation), (surroundings) =>
            list(flags, { ...invocation, ...surroundings }),
          ),
        );
        return exitCodes.fine;
      }),
    );
}

async function list(flags: LsFlags, invocation: Invocation): Promise<Result> {
  const { readProject } = await import('../index.ts');
  const { select } = await import('../manifest/select.ts');
  const { stage } = await import('../diagnostic/diagnostic.ts');
  const { listing } = await import('./listing.ts');
  const { projectRequest } = await import('./project-flags.ts');
  const { selectionFlags } = await import('./selection-flags.ts');
  const { warn } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const resourceTypes = flags.resourceType;
  const criteria = { ...selectionFlags(flags), ...(resourceTypes !== undefined && { resourceTypes }) };
  const selection = await stage((report) => select(dag, criteria, report), warn);
  return { text: listing(dag, selection, flags.output), folders: dag.manifest.project.folders };
}
