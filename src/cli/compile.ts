import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection } from './options.ts';
import type { ProjectFlags } from './project-flags.ts';
import type { SelectFlags } from './selection-flags.ts';

/** `model compile`: writes SQL with published names to `target/compiled/`; it opens no warehouse. */
export function compileCommand(invocation: Invocation): Command {
  const command = describeCommand('compile', 'Write compiled SQL to target/compiled', [
    'model compile',
    'model compile --select daily',
    'model compile --vars "{as_of_date: 2025-06-30}"',
  ]);
  return withSelection(withProjectOptions(command)).action(
    invocation.run(async (flags: ProjectFlags & SelectFlags) => {
      const { compileProject, readProject } = await import('../index.ts');
      const { writeCompiled, writeManifest } = await import('../artifact/write-run.ts');
      const { projectRequest } = await import('./project-flags.ts');
      const { selectionFlags } = await import('./selection-flags.ts');
      const dag = await readProject(
        await projectRequest(flags, invocation, invocation.warn),
        invocation.warn,
      );
      const compiled = await compileProject(dag, selectionFlags(flags), invocation.warn);
      const files = writeCompiled(compiled);
      writeManifest(compiled, files, new Date());
      const { models, dataTests } = compiled;
      invocation.say(
        `Compiled ${countOf(models.size, 'model')} and ${countOf(dataTests.size, 'test')} to target/compiled.`,
      );
      return exitCodes.fine;
    }),
  );
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
