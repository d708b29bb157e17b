import type { RunEvent } from '../run/event.ts';
import { jsonEvent } from './json-event.ts';
import type { Reporter } from './reporter.ts';
import type { TextStream } from './text-stream.ts';

/** One JSON object a line for every event, on stdout. */
export class JsonReporter implements Reporter {
  readonly #out: TextStream;

  constructor(out: TextStream) {
    this.#out = out;
  }

  tell(event: RunEvent): void {
    this.#out.write(`${JSON.stringify(jsonEvent(event), bigintAsNumber)}\n`);
  }

  close(): void {}
}

/** Integers that a double holds are numbers, larger ones text. */
function bigintAsNumber(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
