import { debugTarget } from '../../src/cli/debug-target.ts';
import { scratchProject } from '../support/scratch-project.ts';

/** What came of each step: `ok`, the codes of what is wrong or doubtful, `needs …` of a step that was skipped. */
export async function debugged(projectDir: string, env: Readonly<Record<string, string>> = {}) {
  const outcomes: Record<string, string> = {};
  for await (const { what, outcome } of debugTarget({ projectDir, env }, { waitSeconds: 0 })) {
    const codes = (diagnostics: readonly { readonly code: string }[]) =>
      diagnostics.map(({ code }) => code).join(' ');
    if (outcome.kind === 'ok') outcomes[what] = ['ok', codes(outcome.warnings)].join(' ').trim();
    else outcomes[what] = outcome.kind === 'failed' ? codes(outcome.problems) : `needs ${outcome.missing}`;
  }
  return outcomes;
}

/** A project whose only target is given as an object. */
export function projectOn(target: object): string {
  const projectYml = `name: shop\ntargets:\n  dev: ${JSON.stringify({ schema: 'analytics', ...target })}\n`;
  return scratchProject({ 'project.yml': projectYml });
}

export const READ = { 'project.yml': 'ok', 'environment variables': 'ok' };
export const REACHED = { DNS: 'ok', TCP: 'ok', TLS: 'ok' };
export const OPEN = { 'text order': 'ok', 'schema rights': 'ok', store: 'ok' };
export const SHUT = { 'text order': 'needs login', 'schema rights': 'needs login', store: 'needs login' };
export const LANDED = {
  'landing list': 'ok',
  'landing write': 'ok',
  'landing read': 'ok',
  'landing remove': 'ok',
};
