import { countText } from '../diagnostic/counted.ts';
import type { NodeProgress, NodeStarted, RunEvent, RunFinished } from '../run/event.ts';
import type { Colors, StreamColors } from './colors.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { failureText } from './failure-text.ts';
import { LiveArea } from './live-area.ts';
import { durationText, shortCountText } from './number-text.ts';
import { openingLine } from './opening-line.ts';
import { printable, printableLine } from './printable.ts';
import { progressBar } from './progress-bar.ts';
import { publishedLine } from './published-line.ts';
import { isQuietResult } from './quiet-result.ts';
import type { Reporter } from './reporter.ts';
import { resultLine } from './result-line.ts';
import { summaryText } from './summary-text.ts';
import type { TextStream } from './text-stream.ts';
import { cutText, padText, textWidth } from './text-width.ts';

/** Calls `work` every so many milliseconds until the function that it gives back is called. */
export type Every = (milliseconds: number, work: () => void) => () => void;

/** What a live view needs of the world: the time in milliseconds, and a timer. */
export interface Clock {
  readonly now: () => number;
  readonly every: Every;
}

const REDRAW_EVERY = 100;
const BAR_WIDTH = 12;
const WIDEST_NAME = 24;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

interface RunningNode {
  readonly started: NodeStarted;
  /** Milliseconds of the clock. */
  readonly since: number;
  readonly progress: NodeProgress | undefined;
}

/** A live line for every running node on stderr, above it what ended, and the summary on stdout. */
export class TerminalReporter implements Reporter {
  readonly #out: TextStream;
  readonly #talk: TextStream;
  readonly #colors: StreamColors;
  readonly #now: () => number;
  readonly #area: LiveArea;
  readonly #stopTimer: () => void;
  readonly #running = new Map<string, RunningNode>();
  #startedAt: number;
  #nodes = 0;
  /** Unique ids; what is repeated ends twice. */
  readonly #finished = new Set<string>();
  #command = '';
  #publishing = 0;

  constructor(out: TextStream, talk: TextStream, colors: StreamColors, clock: Clock) {
    this.#out = out;
    this.#talk = talk;
    this.#colors = colors;
    this.#now = clock.now;
    this.#area = new LiveArea(talk);
    this.#startedAt = clock.now();
    this.#stopTimer = clock.every(REDRAW_EVERY, () => this.#draw());
  }

  tell(event: RunEvent): void {
    this.#follow(event);
    if (event.kind === 'run-finished') {
      this.close();
      this.#out.write(summaryText(event.summary, this.#colors.out));
      return;
    }
    const text = lastingText(event, this.#command, this.#colors.talk);
    if (text !== undefined) this.#area.print(`${text}\n`);
  }

  close(): void {
    this.#stopTimer();
    this.#area.erase();
  }

  /** Keeps what the live lines show. */
  #follow(event: RunEvent): void {
    if (event.kind === 'run-started') {
      this.#nodes = event.nodes;
      this.#command = event.command;
      this.#startedAt = event.at.getTime();
    }
    if (event.kind === 'node-started') {
      this.#running.set(event.uniqueId, { started: event, since: event.at.getTime(), progress: undefined });
    }
    if (event.kind === 'node-progress') {
      const node = this.#running.get(event.uniqueId);
      if (node !== undefined) this.#running.set(event.uniqueId, { ...node, progress: event });
    }
    if (event.kind === 'node-finished') {
      this.#running.delete(event.result.uniqueId);
      this.#finished.add(event.result.uniqueId);
    }
    if (event.kind === 'publish-started') this.#publishing = event.names.length;
    if (event.kind === 'publish-finished') this.#publishing = 0;
  }

  #draw(): void {
    const width = (this.#talk.columns ?? 80) - 2;
    const spinner = SPINNER[Math.floor(this.#now() / REDRAW_EVERY) % SPINNER.length] ?? '';
    this.#area.draw(
      this.#liveLines().map((line) => this.#colors.talk.cyan(spinner) + cutText(` ${line}`, width)),
    );
  }

  #liveLines(): readonly string[] {
    const nodes = [...this.#running.values()];
    const widths = nodes.map(({ started }) => textWidth(printableLine(started.name)));
    const nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...widths));
    const running = nodes.map((node) => runningLine(node, nameWidth, this.#now()));
    const publishing = this.#publishing === 0 ? [] : [`publish   ${countText(this.#publishing)} nodes`];
    const took = durationText(this.#now() - this.#startedAt);
    const overall = this.#nodes === 0 ? [] : [`${this.#finished.size}/${this.#nodes} done  ${took}`];
    return [...running, ...publishing, ...overall];
  }
}

/** What stays above the live lines. Nodes that need no work leave no trace but in the summary. */
function lastingText(
  event: Exclude<RunEvent, RunFinished>,
  command: string,
  colors: Colors,
): string | undefined {
  switch (event.kind) {
    case 'run-started':
      return colors.dim(openingLine(event));
    case 'stage-note':
      return colors.dim(printable(event.message));
    case 'node-started':
    case 'node-progress':
    case 'publish-started':
      return undefined;
    case 'node-finished': {
      const { result, activity } = event;
      const isOld = result.status === 'reused' || (result.cached === true && result.status === 'pass');
      if (isOld || isQuietResult(result, command)) return undefined;
      const failure = failureText(result, colors);
      const line = resultLine(result, activity, colors);
      return failure === undefined ? line : `${line}\n${failure}`;
    }
    case 'publish-finished':
      return publishedLine(event.published.length, event.sequence);
    case 'warning':
      return diagnosticText(event.diagnostic, colors);
  }
}

function runningLine({ started, since, progress }: RunningNode, nameWidth: number, now: number): string {
  const name = padText(cutText(printableLine(started.name), nameWidth), nameWidth);
  return [started.activity.padEnd(8), name, ...progressParts(progress), durationText(now - since)].join('  ');
}

function progressParts(progress: NodeProgress | undefined): readonly string[] {
  if (progress === undefined) return [];
  const { rowsDone, rowsTotal, rowsPerSecond } = progress;
  const rows = [`${shortCountText(rowsDone)} rows`, `${shortCountText(rowsPerSecond)} rows/s`];
  if (rowsTotal === undefined || rowsTotal === 0) return rows;
  const share = rowsDone / rowsTotal;
  const percent = `${Math.floor(100 * Math.min(1, share))} %`.padStart(5);
  return [`${progressBar(share, BAR_WIDTH)} ${percent}`, ...rows];
}
