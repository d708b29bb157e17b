import { type Command, Option } from 'commander';
import { count, isoDate, positiveCount } from './option-values.ts';

/** Options of every command: which project, which target, how to talk. */
export function withProjectOptions(command: Command): Command {
  return command
    .option('--project-dir <folder>', 'folder of project.yml, or below it', '.')
    .option('-t, --target <name>', 'target of project.yml')
    .option('--env <name>', 'environment to work in; without it, the default one')
    .option('--vars <yaml>', 'values of vars, as a YAML map: "{as_of_date: 2025-06-30}"')
    .option('--no-project-code', 'refuse to run TypeScript of the project')
    .addOption(
      new Option('--log-format <format>', 'text for people, json for machines (one event a line)')
        .choices(['text', 'json'] as const)
        .default('text' as const),
    )
    .option('-q, --quiet', 'only errors and results')
    .option('--no-color', 'no colours');
}

/** Options that choose nodes. */
export function withSelection(command: Command): Command {
  return command
    .option('-s, --select <selector...>', 'nodes to work on: names, tag:x, path:x, +x, x+, a,b')
    .option('--exclude <selector...>', 'nodes to leave out');
}

/** The option of commands whose selections tests come along with. */
export function withIndirectSelection(command: Command): Command {
  return command.addOption(
    new Option(
      '--indirect-selection <mode>',
      'which tests come along: eager: all that read a selected node; cautious: those that read selected nodes only; buildable: also what these are built from; empty: none',
    ).choices(['eager', 'cautious', 'buildable', 'empty'] as const),
  );
}

/** Options of commands that run data tests. */
export function withTesting(command: Command): Command {
  return command
    .option('--store-failures', 'keep failing rows as tables in <schema>__failures')
    .option('--no-cache', 'run tests again, even where their verdict on the same data is remembered');
}

/** Options of commands that open the warehouse; `andFor` is what `--wait` waits for beside its file. */
export function withWarehouse(command: Command, andFor = ''): Command {
  return command
    .option('--threads <count>', 'statements at once; default: the target’s', positiveCount)
    .option('--wait [seconds]', `wait for a warehouse file that another process holds${andFor}`, count);
}

/** Options of commands that publish. */
export function withPublishing(command: Command): Command {
  return command
    .option('-x, --fail-fast', 'stop at the first failure')
    .option('-f, --full-refresh', 'build everything selected anew')
    .addOption(
      new Option('--publish <what>', 'what passed, or all or nothing')
        .choices(['passed', 'all'] as const)
        .default('passed' as const),
    )
    .option('--publish-live', 'publish views over raw data too, which change without a run')
    .option('--adopt <name...>', 'take over a relation of this name that modelwright did not make')
    .option('--no-samples', 'show no rows of failing tests');
}

/** Options of generated data. */
export function withGeneration(command: Command): Command {
  return command
    .addOption(
      new Option('--preset <size>', 'size of the generated data').choices(['tiny', 'demo', 'big'] as const),
    )
    .option('--seed <number>', 'seed of the generator', count)
    .option('--days <count>', 'days of data, up to the as-of date', positiveCount)
    .option('--users <count>', 'users at the end', positiveCount)
    .option('--as-of <date>', 'last day of data', isoDate);
}

/** How rows are printed. */
export function withOutput(command: Command): Command {
  return command.addOption(
    new Option('-o, --output <format>', 'how to print')
      .choices(['table', 'json', 'csv'] as const)
      .default('table' as const),
  );
}
