import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type ProjectRequest, type RunEvent, type RunRequest, runProject } from '../index.ts';
import type { Node } from '../manifest/node.ts';
import { createReporter } from '../report/create-reporter.ts';
import type { SeedOptions } from '../seed/seed-context.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import type { RunFlags } from './run-flags.ts';
import { selectionFlags } from './selection-flags.ts';
import { waitSeconds } from './wait-seconds.ts';

/** What a command is: its name, what it does, and which kinds of node it is about. */
export interface RunKind {
  readonly command: string;
  readonly generates: boolean;
  readonly loads: boolean;
  readonly builds: boolean;
  readonly tests: boolean;
  readonly resourceTypes?: readonly Node['resourceType'][];
}

/** Runs a command that builds, loads or tests, and shows what happens. */
export async function runCommandOf(
  invocation: Invocation,
  kind: RunKind,
  flags: RunFlags,
): Promise<ExitCode> {
  const { stdout, stderr, environment, signal } = invocation;
  const { logFormat, quiet = false, color } = flags;
  const reporter = createReporter({ stdout, stderr, logFormat, quiet, color, environment });
  const warn = (diagnostic: Diagnostic) => reporter.tell({ kind: 'warning', at: new Date(), diagnostic });
  let published = 0;
  const tell = (event: RunEvent) => {
    if (event.kind === 'publish-finished') published = event.published.length;
    reporter.tell(event);
  };
  try {
    const project = await projectRequest(flags, invocation, warn);
    const request: RunRequest = {
      ...project,
      variables: withAsOf(project.variables, flags, kind),
      ...kind,
      selection: {
        ...selectionFlags(flags),
        ...(kind.resourceTypes && { resourceTypes: kind.resourceTypes }),
      },
      failFast: flags.failFast ?? false,
      fullRefresh: flags.fullRefresh ?? false,
      publish: flags.publish ?? 'passed',
      publishLive: flags.publishLive ?? false,
      adopt: new Set(Array.isArray(flags.adopt) ? flags.adopt : []),
      verifyReuse: flags.verifyReuse ?? false,
      samples: flags.samples ?? true,
      storeFailures: flags.storeFailures ?? false,
      ignoreVerdicts: flags.cache === false,
      maxErrors: flags.maxErrors ?? 0,
      checks: flags.check === true,
      waitSeconds: waitSeconds(flags.wait),
      seedOptions: seedOptions(flags),
      // Of a command with a warehouse they are what that does at once.
      generatorThreads: kind.loads ? undefined : flags.threads,
      tell,
      warn,
      signal,
    };
    const { outcome } = await runProject(request);
    return outcome === 'success' ? exitCodes.fine : exitCodes.failed;
  } catch (error) {
    if (!signal.aborted || !kind.builds || published > 0) throw error;
    invocation.remark('Interrupted; nothing was published.');
    return exitCodes.refused;
  } finally {
    reporter.close();
  }
}

function seedOptions({ preset, seed, days, users, asOf }: RunFlags): Partial<SeedOptions> {
  return {
    ...(preset !== undefined && { preset }),
    ...(seed !== undefined && { seed }),
    ...(days !== undefined && { days }),
    ...(users !== undefined && { users }),
    ...(asOf !== undefined && { asOf }),
  };
}

/** Data up to another day are also modelled up to that day, unless `--vars` says otherwise. */
function withAsOf(variables: ProjectRequest['variables'], { asOf }: RunFlags, kind: RunKind) {
  return kind.builds && asOf !== undefined ? { as_of_date: asOf, ...variables } : { ...variables };
}
