import type { Command, Option } from 'commander';
import { commands } from '../../src/cli/commands.ts';
import { startInvocation } from '../../src/cli/invocation.ts';
import { anchor, code, table } from './markdown.ts';

interface NamedCommand {
  /** With the names of the commands that it belongs to: `env list`. */
  readonly name: string;
  readonly command: Command;
}

/** A table of all commands, the options that all of them have, and a section for each with its own. */
export function commandReference(): string {
  const invocation = startInvocation('');
  const leaves = commands.flatMap((make) => leavesOf(make(invocation)));
  const shared = sharedFlags(leaves.map(({ command }) => command));
  const sample = leaves[0]?.command.options.filter((option) => shared.has(option.flags)) ?? [];
  return [
    table(
      ['command', 'what it does'],
      leaves.map(({ name, command }) => [`[${name}](#${anchor(`model ${name}`)})`, `${command.summary()}.`]),
    ),
    '## Options of every command',
    optionTable(sample),
    ...leaves.map((leaf) => section(leaf, shared)),
  ].join('\n\n');
}

function leavesOf(command: Command, prefix = ''): readonly NamedCommand[] {
  const name = `${prefix}${command.name()}`;
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((sub) => leavesOf(sub, `${name} `));
}

function sharedFlags(commands: readonly Command[]): ReadonlySet<string> {
  const [first, ...others] = commands.map(({ options }) => new Set(options.map(({ flags }) => flags)));
  return new Set([...(first ?? [])].filter((flags) => others.every((other) => other.has(flags))));
}

function section({ name, command }: NamedCommand, shared: ReadonlySet<string>): string {
  const own = command.options.filter((option) => !shared.has(option.flags));
  const args = command.registeredArguments.map((argument) => ` <${argument.name()}>`).join('');
  const aliases = command.aliases().map((alias) => `, or \`model ${alias}\``);
  return [
    `## model ${name}`,
    `${command.description()}. Usage: ${code(`model ${name}${args} [options]`)}${aliases.join('')}.`,
    ...(own.length === 0 ? [] : [optionTable(own)]),
    examplesOf(command),
  ].join('\n\n');
}

function optionTable(options: readonly Option[]): string {
  return table(
    ['option', 'what it does'],
    options.map((option) => [code(option.flags), `${option.description}${choices(option)}`]),
  );
}

function choices({ argChoices, defaultValue }: Option): string {
  const words = argChoices === undefined ? [] : [`one of ${argChoices.map(code).join(', ')}`];
  if (typeof defaultValue === 'string' || typeof defaultValue === 'number')
    words.push(`default: ${code(String(defaultValue))}`);
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

/** The examples stand at the end of a command's help. */
function examplesOf(command: Command): string {
  const help: string[] = [];
  command.configureOutput({ writeOut: (text) => help.push(text) }).outputHelp();
  const examples = help.join('').split('Examples:\n')[1] ?? '';
  return [
    '```',
    ...examples
      .trimEnd()
      .split('\n')
      .map((line) => line.trim()),
    '```',
  ].join('\n');
}
