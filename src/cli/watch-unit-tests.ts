import { counted } from '../diagnostic/counted.ts';
import { DiagnosticError, stage } from '../diagnostic/diagnostic.ts';
import { compileProject, type ProjectRequest, readProject } from '../index.ts';
import { FolderWatch } from '../project/folder-watch.ts';
import { loadProject } from '../project/load.ts';
import type { Project } from '../project/project.ts';
import { createReporter } from '../report/create-reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import { newRunIdentity } from '../run/run-identity.ts';
import { summarize } from '../run/run-summary.ts';
import { type RoundInput, UnitTestRounds } from '../run/unit-test-rounds.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import type { RunFlags } from './run-flags.ts';
import { selectionFlags } from './selection-flags.ts';

/** Runs unit tests, and again those that a saved file touches, until it is interrupted. Only a project.yml that is wrong from the start ends it. */
export async function watchUnitTests(flags: RunFlags, invocation: Invocation): Promise<ExitCode> {
  const { signal, warn, say } = invocation;
  const request = await projectRequest(flags, invocation, warn);
  const project = await stage((report) => loadProject(request, report), warn);
  const files = new FolderWatch(project.root, project.folders);
  const rounds = new UnitTestRounds();
  signal.addEventListener('abort', () => void rounds.cancel(), { once: true });
  try {
    for (let saved: readonly string[] = []; !signal.aborted; saved = await files.changes(signal)) {
      const now = await playRound({ rounds, saved, request, flags, invocation });
      if (now !== undefined) files.follow(now.folders);
      if (!signal.aborted)
        say(`${standingSentence(rounds)} Watching ${(now ?? project).folders.join(', ')}.`);
    }
    return exitCodes.fine;
  } finally {
    files.close();
    await rounds.close();
  }
}

interface Round {
  readonly rounds: UnitTestRounds;
  /** Paths of the files that were saved since the last one. */
  readonly saved: readonly string[];
  readonly request: ProjectRequest;
  readonly flags: RunFlags;
  readonly invocation: Invocation;
}

/** Gives the project as it is now; undefined, after telling what is wrong, where it cannot be read. */
async function playRound(round: Round): Promise<Project | undefined> {
  const { stdout, stderr, environment, warn, say } = round.invocation;
  const { logFormat, quiet = false, color } = round.flags;
  const reporter = createReporter({ stdout, stderr, logFormat, quiet, color, environment });
  if (round.saved.length > 0) say(`Saved: ${round.saved.join(', ')}`);
  try {
    return await runChanged(round, reporter);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    for (const diagnostic of error.diagnostics) warn(diagnostic);
    return undefined;
  } finally {
    reporter.close();
  }
}

async function runChanged(
  { rounds, request, flags, invocation }: Round,
  reporter: Reporter,
): Promise<Project> {
  const { warn, signal } = invocation;
  const clock = () => new Date();
  const startedAt = clock();
  const tell = reporter.tell.bind(reporter);
  const dag = await readProject(request, warn);
  const { project } = dag.manifest;
  const { name, threads } = project.target;
  const selection = { ...selectionFlags(flags), resourceTypes: ['unit_test'] as const };
  const compiled = await compileProject(dag, selection, warn);
  const options = { ...OPTIONS, threads, failFast: flags.failFast ?? false };
  const input: RoundInput = { ...compiled, options, tell, warn, signal, clock };
  const changed = await rounds.changed(input);
  if (changed.size === 0) return project;
  const run = { ...newRunIdentity(startedAt), command: 'test' };
  const about = { target: name, environment: project.environment, threads, nodes: changed.size };
  tell({ kind: 'run-started', at: startedAt, ...run, ...about });
  const results = await rounds.run(changed, input);
  const finishedAt = clock();
  const end = { startedAt, finishedAt, cancelled: signal.aborted, results, published: [] };
  tell({ kind: 'run-finished', at: finishedAt, summary: summarize({ ...run, ...end }) });
  return project;
}

/** Unit tests alone: nothing is built, published or kept. */
const OPTIONS = {
  command: 'test',
  builds: false,
  tests: true,
  fullRefresh: false,
  publish: 'passed',
  publishLive: false,
  adopt: new Set<string>(),
  verifyReuse: false,
  waitSeconds: 0,
  samples: true,
} as const;

/** `1 of 16 unit tests fails: who_comes_back_is_reactivated.` */
function standingSentence(rounds: UnitTestRounds): string {
  const { passing, failing } = rounds.standing();
  const all = counted(passing.length + failing.length, 'unit test');
  if (failing.length > 0)
    return `${failing.length} of ${all} ${failing.length === 1 ? 'fails' : 'fail'}: ${failing.join(', ')}.`;
  return passing.length === 0
    ? 'No unit test has run.'
    : `${all} ${passing.length === 1 ? 'passes' : 'pass'}.`;
}
