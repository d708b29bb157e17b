import { countText } from '../diagnostic/counted.ts';
import type { NodeProgress, RunEvent, RunFinished } from '../run/event.ts';
import type { StreamColors } from './colors.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { failureText } from './failure-text.ts';
import { rowsText } from './number-text.ts';
import { openingLine } from './opening-line.ts';
import { printable } from './printable.ts';
import { publishedLine } from './published-line.ts';
import { isQuietResult } from './quiet-result.ts';
import type { Reporter } from './reporter.ts';
import { resultLine } from './result-line.ts';
import { summaryText } from './summary-text.ts';
import type { TextStream } from './text-stream.ts';

/** Milliseconds between two lines about one node's progress. */
const PROGRESS_EVERY = 10_000;

/** Plain lines for logs and pipes: what happens on stderr, the summary on stdout. */
export class PlainReporter implements Reporter {
  readonly #out: TextStream;
  readonly #talk: TextStream;
  readonly #colors: StreamColors;
  readonly #progressToldAt = new Map<string, number>();
  #nodes = 0;
  /** Unique ids; what is repeated ends twice. */
  readonly #finished = new Set<string>();
  #command = '';

  constructor(out: TextStream, talk: TextStream, colors: StreamColors) {
    this.#out = out;
    this.#talk = talk;
    this.#colors = colors;
  }

  tell(event: RunEvent): void {
    if (event.kind === 'run-finished') this.#out.write(summaryText(event.summary, this.#colors.out));
    else for (const line of this.#linesOf(event)) this.#talk.write(`${line}\n`);
  }

  close(): void {}

  #linesOf(event: Exclude<RunEvent, RunFinished>): readonly string[] {
    const colors = this.#colors.talk;
    switch (event.kind) {
      case 'run-started':
        this.#nodes = event.nodes;
        this.#command = event.command;
        return [openingLine(event)];
      case 'stage-note':
        return [printable(event.message)];
      case 'node-started':
        this.#progressToldAt.set(event.uniqueId, event.at.getTime());
        return [];
      case 'node-progress':
        return this.#isTimeToTell(event.uniqueId, event.at.getTime()) ? [progressLine(event)] : [];
      case 'node-finished': {
        this.#finished.add(event.result.uniqueId);
        if (isQuietResult(event.result, this.#command)) return [];
        const line = this.#counter() + resultLine(event.result, event.activity, colors);
        const failure = failureText(event.result, colors);
        return failure === undefined ? [line] : [line, failure];
      }
      case 'publish-started':
        return [];
      case 'publish-finished':
        return [publishedLine(event.published.length, event.sequence)];
      case 'warning':
        return [diagnosticText(event.diagnostic, colors)];
    }
  }

  #isTimeToTell(uniqueId: string, at: number): boolean {
    if (at - (this.#progressToldAt.get(uniqueId) ?? at) < PROGRESS_EVERY) return false;
    this.#progressToldAt.set(uniqueId, at);
    return true;
  }

  /** ` 3/42  `; nothing where nobody said how many there will be. */
  #counter(): string {
    const total = String(this.#nodes);
    return this.#nodes === 0 ? '' : `${String(this.#finished.size).padStart(total.length)}/${total}  `;
  }
}

function progressLine({ activity, name, rowsDone, rowsTotal, rowsPerSecond }: NodeProgress): string {
  const share =
    rowsTotal === undefined || rowsTotal === 0 ? '' : ` (${Math.floor((100 * rowsDone) / rowsTotal)} %)`;
  return `${activity}  ${name}  ${rowsText(rowsDone)}${share}  ${countText(rowsPerSecond)} rows/s`;
}
