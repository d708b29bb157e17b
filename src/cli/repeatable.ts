import { performance } from 'node:perf_hooks';
import type { Repeatable } from '../artifact/last-result.ts';
import type { Invocation } from './invocation.ts';
import type { ProjectFlags } from './project-flags.ts';

/** A command as something whose last result may do. How it shows what it tells changes nothing. */
export function repeatable(
  command: Repeatable['command'],
  { logFormat: _format, quiet: _quiet, color: _color, ...flags }: ProjectFlags,
  outputs: readonly string[],
  { environment, hide, warn }: Invocation,
): Repeatable {
  const { projectDir } = flags;
  const startedAt = performance.timeOrigin;
  return { command, projectDir, flags, startedAt, outputs, environment, hide, warn };
}
