import { colorsFor } from '../report/colors.ts';
import { diagnosticText } from '../report/diagnostic-text.ts';
import { jsonDiagnostic } from '../report/json-event.ts';
import type { DebugOutcome, DebugStep } from './debug-steps.ts';
import type { Invocation } from './invocation.ts';
import type { ProjectFlags } from './project-flags.ts';

/** A step as people read it, with a line feed: `ok   TCP: …`, `FAIL login` and what is wrong, `skip store: …`. */
export function debugStepText(
  { what, outcome }: DebugStep,
  { color }: Pick<ProjectFlags, 'color'>,
  { stdout, environment }: Pick<Invocation, 'stdout' | 'environment'>,
): string {
  const colors = colorsFor(stdout, { color, environment });
  const told = diagnosticsIn(outcome).map((diagnostic) => `${diagnosticText(diagnostic, colors)}\n`);
  switch (outcome.kind) {
    case 'ok':
      return `${colors.green('ok  ')} ${what}: ${outcome.saw}\n${told.join('')}`;
    case 'failed':
      return `${colors.red('FAIL')} ${what}\n${told.join('')}`;
    case 'skipped':
      return `${colors.dim('skip')} ${what}: it needs ${outcome.missing}\n`;
  }
}

/** A step as one line of JSON; `ok` is true where nothing failed or was skipped. */
export function debugStepJson({ what, outcome }: DebugStep): string {
  const { kind } = outcome;
  const diagnostics = diagnosticsIn(outcome).map(jsonDiagnostic);
  const event = {
    event: 'debug_step',
    at: new Date(),
    step: what,
    ok: kind === 'ok',
    outcome: kind,
    ...(kind === 'ok' && { message: outcome.saw }),
    ...(kind === 'skipped' && { missing: outcome.missing }),
    ...(diagnostics.length > 0 && { diagnostics }),
  };
  return `${JSON.stringify(event)}\n`;
}

function diagnosticsIn(outcome: DebugOutcome) {
  switch (outcome.kind) {
    case 'ok':
      return outcome.warnings;
    case 'failed':
      return outcome.problems;
    case 'skipped':
      return [];
  }
}
