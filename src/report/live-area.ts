import type { TextStream } from './text-stream.ts';

/** The live area is the last lines of a terminal, drawn again and again below what stays. */
export class LiveArea {
  readonly #stream: TextStream;
  #drawn = 0;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** Draws the lines in place of those before; they must not be wider than the terminal. */
  draw(lines: readonly string[]): void {
    const shown = lines.slice(0, Math.max(1, (this.#stream.rows ?? 24) - 1));
    this.#write(shown.map((line) => `${line}\n`).join(''));
    this.#drawn = shown.length;
  }

  /** Puts a text above the live lines, where it stays; the lines come back with the next `draw`. */
  print(text: string): void {
    this.#write(text);
    this.#drawn = 0;
  }

  erase(): void {
    if (this.#drawn > 0) this.print('');
  }

  /** One write for erasing and drawing, so that nothing flickers. */
  #write(text: string): void {
    const erase = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\u001b[0J`;
    if (erase + text !== '') this.#stream.write(erase + text);
  }
}
