import { colorsFor } from './colors.ts';
import { JsonReporter } from './json-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';
import { quietly } from './quiet-reporter.ts';
import type { Reporter } from './reporter.ts';
import { type Clock, TerminalReporter } from './terminal-reporter.ts';
import type { TextStream } from './text-stream.ts';

/** How a run is to be shown; all that a reporter needs of the world. */
export interface ReporterOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly logFormat: 'text' | 'json';
  readonly quiet: boolean;
  /** False for `--no-color`. */
  readonly color: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** The reporter for the options: JSON lines, or a live view where stderr is a terminal, or plain lines. */
export function createReporter(options: ReporterOptions): Reporter {
  const { stdout, stderr, quiet } = options;
  if (options.logFormat === 'json') {
    const reporter = new JsonReporter(stdout);
    return quiet ? quietly(reporter) : reporter;
  }
  const isLive = stderr.isTTY === true && options.environment['TERM'] !== 'dumb' && !quiet;
  if (isLive) return new TerminalReporter(stdout, stderr, colorsOf(options), options.clock ?? systemClock);
  const reporter = new PlainReporter(stdout, stderr, colorsOf(options));
  return quiet ? quietly(reporter) : reporter;
}

function colorsOf(options: ReporterOptions) {
  return { out: colorsFor(options.stdout, options), talk: colorsFor(options.stderr, options) };
}

const systemClock: Clock = {
  now: Date.now,
  every: (milliseconds, work) => {
    const timer = setInterval(work, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
