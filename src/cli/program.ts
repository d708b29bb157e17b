import { Command, CommanderError } from 'commander';
import { exitCodes } from './command.ts';
import { commands } from './commands.ts';
import { startInvocation } from './invocation.ts';

/** Runs the program on its arguments and gives the code to exit with. */
export async function runProgram(args: readonly string[], version: string): Promise<number> {
  const invocation = startInvocation(version);
  const program = new Command('model')
    .description('SQL models, built as immutable versions, tested, and published in one transaction.')
    .version(version, '-V, --version')
    .showHelpAfterError('(--help shows the options)')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  $ model build\n  $ model test --select +daily\n  $ model show --select daily --limit 10',
    );
  program.hook('preAction', (_, command) => invocation.listen(command.opts()));
  for (const make of commands) program.addCommand(overriding(make(invocation)));
  try {
    await program.parseAsync(args, { from: 'user' });
    return invocation.exitCode();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.refused;
    throw error;
  }
}

/** Lets usage errors of a command, and of its subcommands, come back here instead of ending the process. */
function overriding<C extends { exitOverride(): unknown; readonly commands: readonly unknown[] }>(
  command: C,
): C {
  command.exitOverride();
  for (const sub of command.commands) overriding(sub as C);
  return command;
}
