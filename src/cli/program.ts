import { Command, CommanderError } from 'commander';
import { buildCommand } from './build.ts';
import { cleanCommand } from './clean.ts';
import { exitCodes } from './command.ts';
import { compileCommand } from './compile.ts';
import { debugCommand } from './debug.ts';
import { envCommand } from './env.ts';
import { exportCommand } from './export.ts';
import { generateCommand } from './generate.ts';
import { historyCommand } from './history.ts';
import { startInvocation } from './invocation.ts';
import { loadCommand } from './load.ts';
import { lsCommand } from './ls.ts';
import { pruneCommand } from './prune.ts';
import { rollbackCommand } from './rollback.ts';
import { runCommand } from './run.ts';
import { seedCommand } from './seed.ts';
import { showCommand } from './show.ts';
import { storeCommand } from './store.ts';
import { testCommand } from './test.ts';

const COMMANDS = [
  buildCommand,
  runCommand,
  testCommand,
  compileCommand,
  lsCommand,
  showCommand,
  generateCommand,
  loadCommand,
  seedCommand,
  exportCommand,
  historyCommand,
  rollbackCommand,
  pruneCommand,
  envCommand,
  storeCommand,
  debugCommand,
  cleanCommand,
];

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
  for (const make of COMMANDS) program.addCommand(overriding(make(invocation)));
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
