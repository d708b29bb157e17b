import { Command } from 'commander';

/** How a command ended; the process exits with it. */
export const exitCodes = {
  fine: 0,
  /** A build, load or test failed, or a node was superseded. */
  failed: 1,
  /** We could not do it: a project diagnostic, usage, an unknown name, no connection. */
  refused: 2,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A new command with its summary and, at the end of its help, its examples. */
export function describeCommand(name: string, summary: string, examples: readonly string[]) {
  return new Command(name)
    .summary(summary)
    .description(summary)
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
}
