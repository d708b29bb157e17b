import { type Diagnostic, DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { TextStream } from '../report/text-stream.ts';
import { type ExitCode, exitCodes } from './command.ts';

/** An invocation is one start of the program: its streams and environment, the signals it got, and the code it exits with. */
export interface Invocation {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Tells a warning on stderr, for commands without a reporter. */
  readonly warn: Report;
  /** Runs a command's action, and keeps the code that it ends with. */
  readonly run: <Words extends unknown[]>(
    action: (...words: Words) => Promise<ExitCode>,
  ) => (...words: Words) => Promise<void>;
}

/** An invocation of this process, with its signal handlers. */
export function startInvocation(version: string): Invocation & { readonly exitCode: () => ExitCode } {
  const controller = new AbortController();
  let code: ExitCode = exitCodes.fine;
  let interruption: ExitCode | undefined;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    const exit = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    if (interruption !== undefined) process.exit(exit);
    interruption = exit;
    controller.abort();
  };
  const watch = () => {
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  };
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    version,
    signal: controller.signal,
    warn: (diagnostic) => void tellDiagnostics([diagnostic], process.stderr, process.env),
    exitCode: () => interruption ?? code,
    run:
      (action) =>
      async (...words) => {
        watch();
        code = await settle(action(...words), process.stderr, process.env, controller.signal);
      },
  };
}

/** The exit code of an action; what it throws is told on stderr. */
async function settle(
  action: Promise<ExitCode>,
  stderr: TextStream,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ExitCode> {
  try {
    return await action;
  } catch (error) {
    if (signal.aborted) stderr.write('Interrupted; nothing was published.\n');
    else await tellError(error, stderr, environment);
    return exitCodes.refused;
  }
}

async function tellError(error: unknown, stderr: TextStream, environment: NodeJS.ProcessEnv): Promise<void> {
  if (error instanceof DiagnosticError) return tellDiagnostics(error.diagnostics, stderr, environment);
  const { WarehouseError } = await import('../warehouse/warehouse.ts');
  if (error instanceof WarehouseError) {
    stderr.write(`${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
    return;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`This is a bug in modelwright; please report it with what follows.\n${trace}\n`);
}

/** Writes diagnostics for people, errors last so that they stay in sight. */
export async function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  stderr: TextStream,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const [{ colorsFor }, { diagnosticText }] = await Promise.all([
    import('../report/colors.ts'),
    import('../report/diagnostic-text.ts'),
  ]);
  const colors = colorsFor(stderr, { color: !process.argv.includes('--no-color'), environment });
  const ordered = [...diagnostics].sort(
    (a, b) => Number(a.severity === 'error') - Number(b.severity === 'error'),
  );
  for (const diagnostic of ordered) stderr.write(`${diagnosticText(diagnostic, colors)}\n\n`);
}
