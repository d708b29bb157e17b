import type { SelectionFlags } from '../manifest/select.ts';
import type { LoadOptions } from '../project/load.ts';
import type { LandOptions } from '../run/land.ts';
import type { RunOptions } from '../run/run-input.ts';

/** The command line as it is told to readers of artifacts: `{ which: 'build', select: ['daily'] }`. No secrets. */
export type InvocationArguments = Readonly<Record<string, unknown>>;

/** What a run was asked for, under dbt's names where dbt has one. Of vars the names alone: their values may be secrets. */
export function invocationArguments(
  request: Omit<RunOptions, 'threads'> &
    LandOptions &
    Pick<LoadOptions, 'target' | 'environment' | 'variables' | 'threads'> & {
      readonly selection: SelectionFlags;
    },
): InvocationArguments {
  const { target, environment, threads, seedOptions } = request;
  return {
    which: request.command,
    select: request.selection.select,
    exclude: request.selection.exclude,
    vars: Object.keys(request.variables ?? {}).sort(),
    ...(target !== undefined && { target }),
    ...(environment !== undefined && { env: environment }),
    ...(threads !== undefined && { threads }),
    fail_fast: request.failFast,
    full_refresh: request.fullRefresh,
    publish: request.publish,
    publish_live: request.publishLive,
    adopt: [...request.adopt].sort(),
    verify_reuse: request.verifyReuse,
    max_errors: request.maxErrors,
    ...seedOptions,
  };
}
