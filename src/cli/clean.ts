import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions } from './options.ts';
import type { ProjectFlags } from './project-flags.ts';

/** `model clean`: removes `target/`, never a warehouse or a landing zone. */
export function cleanCommand(invocation: Invocation): Command {
  const command = describeCommand('clean', 'Remove target/', ['model clean']);
  return withProjectOptions(command).action(
    invocation.run(async (flags: ProjectFlags) => {
      const { stage } = await import('../diagnostic/diagnostic.ts');
      const { loadProject } = await import('../project/load.ts');
      const { removeTarget } = await import('../artifact/remove-target.ts');
      const { projectRequest } = await import('./project-flags.ts');
      const request = await projectRequest(flags, invocation, invocation.warn);
      const { root } = await stage((report) => loadProject(request, report), invocation.warn);
      invocation.say(removeTarget(root) ? 'Removed target/.' : 'There was no target/.');
      return exitCodes.fine;
    }),
  );
}
