import type { TextStream } from '../../src/report/text-stream.ts';

/** A stream that remembers what was written to it. */
export class RecordingStream implements TextStream {
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  readonly writes: string[] = [];

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.writes.push(text);
  }

  get text(): string {
    return this.writes.join('');
  }

  /** What a terminal would show: cursor-up and erase-below are obeyed, colours dropped. */
  get screen(): string {
    const lines = [''];
    for (const piece of this.text.split(/(\u001b\[\d*[A-Za-z]|\n)/)) {
      const up = /^\u001b\[(\d+)A$/.exec(piece)?.[1];
      if (up !== undefined) lines.splice(lines.length - 1 - Number(up));
      if (up !== undefined || piece === '\n') lines.push('');
      else if (!piece.startsWith('\u001b')) lines[lines.length - 1] += piece;
    }
    return lines.join('\n');
  }
}
