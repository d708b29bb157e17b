import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import type { Result } from '../artifact/last-result.ts';
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
      const { repeatedResult } = await import('../artifact/last-result.ts');
      const { repeatable } = await import('./repeatable.ts');
      const outputs = ['target/compiled', 'target/manifest.json'];
      invocation.say(
        await repeatedResult(repeatable('compile', flags, outputs, invocation), (surroundings) =>
          compile(flags, { ...invocation, ...surroundings }),
        ),
      );
      return exitCodes.fine;
    }),
  );
}

/** Garbage is collected when the heap has grown by so much since the last time; V8 would let it grow fourfold. */
const HEAP_GROWTH = '--heap-growing-percent=40';

async function compile(flags: ProjectFlags & SelectFlags, invocation: Invocation): Promise<Result> {
  setFlagsFromString(HEAP_GROWTH);
  const { compiledSentence, compileProject, readProject } = await import('../index.ts');
  const { filesOf, writeCompiled, writeManifest } = await import('../artifact/write-run.ts');
  const { projectRequest } = await import('./project-flags.ts');
  const { selectionFlags } = await import('./selection-flags.ts');
  const { warn } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const compiled = await compileProject(dag, selectionFlags(flags), warn);
  const files = filesOf(compiled);
  await Promise.all([writeCompiled(compiled, files), writeManifest(compiled, files, new Date())]);
  return {
    text: compiledSentence(compiled, ' to target/compiled'),
    folders: dag.manifest.project.folders,
  };
}
