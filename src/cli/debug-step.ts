import { colorsFor } from '../report/colors.ts';
import { diagnosticText } from '../report/diagnostic-text.ts';
import { jsonDiagnostic } from '../report/json-event.ts';
import type { DebugStep } from './debug-steps.ts';
import type { Invocation } from './invocation.ts';
import type { ProjectFlags } from './project-flags.ts';

/** A step as people read it: `ok   warehouse: …`, or what is wrong. */
export function debugStepText(
  { what, outcome }: DebugStep,
  { color }: ProjectFlags,
  { stdout, environment }: Invocation,
): string {
  const colors = colorsFor(stdout, { color, environment });
  if (typeof outcome === 'string') return `${colors.green('ok  ')} ${what}: ${outcome}\n`;
  const problems = outcome.map((diagnostic) => `${diagnosticText(diagnostic, colors)}\n`);
  return `${colors.red('FAIL')} ${what}\n${problems.join('')}`;
}

/** A step as one line of JSON. */
export function debugStepJson({ what, outcome }: DebugStep): string {
  const result =
    typeof outcome === 'string' ? { message: outcome } : { diagnostics: outcome.map(jsonDiagnostic) };
  const event = {
    event: 'debug_step',
    at: new Date(),
    step: what,
    ok: typeof outcome === 'string',
    ...result,
  };
  return `${JSON.stringify(event)}\n`;
}
