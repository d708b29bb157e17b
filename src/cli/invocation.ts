import type { Report } from '../diagnostic/diagnostic.ts';
import { secrets } from '../diagnostic/redaction.ts';
import type { TextStream } from '../report/text-stream.ts';
import { type ExitCode, exitCodes } from './command.ts';
import { outputStream } from './output-stream.ts';
import { createVoice, type VoiceFlags } from './voice.ts';

/** An invocation is one start of the program: its streams and environment, the signals it got, and the code it exits with. */
export interface Invocation {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Tells a warning, for commands without a reporter. */
  readonly warn: Report;
  /** Says in a sentence what was done, for commands without a reporter. */
  readonly say: (sentence: string) => void;
  /** Says something in passing to a person, on stderr. */
  readonly remark: (sentence: string) => void;
  /** Keeps a value out of all that is written from now on. */
  readonly hide: (value: string) => void;
  /** Runs a command's action, and keeps the code that it ends with. */
  readonly run: <Words extends unknown[]>(
    action: (...words: Words) => Promise<ExitCode>,
  ) => (...words: Words) => Promise<void>;
}

/** What the program does with an invocation beside handing it to its commands. */
export interface InvocationControl {
  /** Told the options of the command that is about to run. */
  readonly listen: (flags: VoiceFlags) => void;
  readonly exitCode: () => ExitCode;
}

/** An invocation of this process, with its signal handlers. */
export function startInvocation(version: string): Invocation & InvocationControl {
  const stdout = outputStream(process.stdout, secrets);
  const stderr = outputStream(process.stderr, secrets);
  const voice = createVoice({ stdout, stderr, environment: process.env });
  const controller = new AbortController();
  let code: ExitCode = exitCodes.fine;
  let interruption: ExitCode | undefined;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    const exit = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    if (interruption !== undefined) process.exit(exit);
    interruption = exit;
    voice.remark('Stopping; once more to leave at once.');
    controller.abort();
  };
  // Node.js would print it whole, with what libraries keep in their errors: headers, tokens.
  const onEscape = (error: unknown) => {
    void voice.tellError(error).finally(() => process.exit(exitCodes.refused));
  };
  const settle = async (action: Promise<ExitCode>): Promise<ExitCode> => {
    try {
      return await action;
    } catch (error) {
      if (controller.signal.aborted) voice.remark('Interrupted.');
      else await voice.tellError(error);
      return exitCodes.refused;
    }
  };
  return {
    stdout,
    stderr,
    environment: process.env,
    version,
    signal: controller.signal,
    warn: (diagnostic) => void voice.tell([diagnostic]),
    say: voice.say,
    remark: voice.remark,
    hide: secrets.hide,
    listen: voice.listen,
    exitCode: () => interruption ?? code,
    run:
      (action) =>
      async (...words) => {
        process.on('SIGINT', onSignal);
        process.on('SIGTERM', onSignal);
        process.on('uncaughtException', onEscape);
        code = await settle(action(...words));
      },
  };
}
