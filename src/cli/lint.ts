import { type Command, Option } from 'commander';
import type { NodeFinding } from '../compile/portability/lint-compiled.ts';
import { describeCommand, type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection } from './options.ts';
import type { ProjectFlags } from './project-flags.ts';
import type { SelectFlags } from './selection-flags.ts';

interface LintFlags extends ProjectFlags, SelectFlags {
  readonly severity: 'warning' | 'error';
  readonly output: 'text' | 'json';
}

/** `model lint`: finds what Redshift refuses or reads differently, and columns that are not there; it opens no warehouse. */
export function lintCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'lint',
    'Find SQL that Redshift refuses or reads differently, and columns that are not there',
    ['model lint', 'model lint --select +daily --severity error', 'model lint --output json'],
  );
  return withSelection(withProjectOptions(command))
    .addOption(
      new Option('--severity <least>', 'the least that is told: warnings, too, or errors alone')
        .choices(['warning', 'error'] as const)
        .default('warning' as const),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to print')
        .choices(['text', 'json'] as const)
        .default('text' as const),
    )
    .action(invocation.run((flags: LintFlags) => lint(flags, invocation)));
}

async function lint(flags: LintFlags, invocation: Invocation): Promise<ExitCode> {
  const { lintProject, readProject } = await import('../index.ts');
  const { projectRequest } = await import('./project-flags.ts');
  const { selectionFlags } = await import('./selection-flags.ts');
  const { warn } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const { linted, findings } = await lintProject(dag, selectionFlags(flags), warn);
  const told = findings.filter(
    ({ diagnostic }) => flags.severity === 'warning' || diagnostic.severity === 'error',
  );
  if (flags.output === 'json') await printJson(told, invocation);
  else await printText(told, linted, flags, invocation);
  return told.some(({ diagnostic }) => diagnostic.severity === 'error') ? exitCodes.refused : exitCodes.fine;
}

async function printJson(findings: readonly NodeFinding[], { stdout }: Invocation): Promise<void> {
  const { jsonDiagnostic } = await import('../report/json-event.ts');
  const rows = findings.map(({ uniqueId, page, diagnostic }) => ({
    node: uniqueId,
    ...jsonDiagnostic(diagnostic),
    page,
  }));
  stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
}

async function printText(
  findings: readonly NodeFinding[],
  linted: string,
  flags: LintFlags,
  { stdout, environment, say }: Invocation,
): Promise<void> {
  const { colorsFor } = await import('../report/colors.ts');
  const { diagnosticText } = await import('../report/diagnostic-text.ts');
  const { counted } = await import('../diagnostic/counted.ts');
  const colors = colorsFor(stdout, { color: flags.color, environment });
  for (const { diagnostic } of findings) stdout.write(`${diagnosticText(diagnostic, colors)}\n\n`);
  const errors = findings.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  const result = `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`;
  say(`Linted ${linted}: ${result}.`);
}
