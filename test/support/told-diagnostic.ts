/** A diagnostic as the program told it to people. */
export interface ToldDiagnostic {
  readonly code: string;
  /** `path:line:column`; empty for a mistake that is in no file. */
  readonly place: string;
  readonly message: string;
  readonly frame: readonly string[];
  /** What stands below the frame: other places, and the hint. */
  readonly advice: readonly string[];
}

const HEADLINE = /^ *(?:error|warning) ([A-Z]{3}-\d{3})(?: {2}(\S+:\d+:\d+))? {2}(.+)$/;
const FRAME_LINE = /^ +(?:> )? *\d* \|/;

/** Reads the diagnostics of a text that was told on a terminal without colours. */
export function toldDiagnostics(text: string): readonly ToldDiagnostic[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, code, place = '', message = ''] = HEADLINE.exec(line) ?? [];
    if (code === undefined) return [];
    const rest = lines.slice(index + 1);
    const block = rest.slice(
      0,
      rest.findIndex((next) => next.trim() === '' || HEADLINE.test(next)),
    );
    const frame = block.filter((next) => FRAME_LINE.test(next));
    const advice = block.filter((next) => !FRAME_LINE.test(next)).map((next) => next.trim());
    return [{ code, place, message, frame, advice }];
  });
}
