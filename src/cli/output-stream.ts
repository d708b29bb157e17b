import type { Redaction } from '../diagnostic/redaction.ts';
import type { TextStream } from '../report/text-stream.ts';

/**
 * A stream of the process that shows no hidden value, and that a reader may close: `model ls | head -1` is no mistake,
 * so what is written after that is dropped.
 */
export function outputStream(stream: NodeJS.WriteStream, { redact }: Redaction): TextStream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => stream.write(redact(text)),
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
  };
}
