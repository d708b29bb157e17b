import picocolors from 'picocolors';
import type { TextStream } from './text-stream.ts';

/** Functions that wrap a text in a terminal's colours, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Stdout may be piped while stderr is a terminal, so each has its own. */
export interface StreamColors {
  readonly out: Colors;
  readonly talk: Colors;
}

export const noColors: Colors = picocolors.createColors(false);

/** Colours for a stream: only on a terminal, and neither with `--no-color` nor with a `NO_COLOR` that is not empty. */
export function colorsFor(
  stream: TextStream,
  wish: { readonly color: boolean; readonly environment: Readonly<Record<string, string | undefined>> },
): Colors {
  const refused =
    !wish.color || (wish.environment['NO_COLOR'] ?? '') !== '' || wish.environment['TERM'] === 'dumb';
  return picocolors.createColors(stream.isTTY === true && !refused);
}
