import { S3Error } from './s3-error.ts';

/** The content of a body in the `aws-chunked` encoding; `trailers` is filled at its end, by lower-case name. */
export async function* chunkedContent(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ChunkReader(body);
  for (;;) {
    const size = sizeOf(await reader.line());
    if (size === 0) break;
    yield* reader.bytes(size);
    if ((await reader.line()) !== '') throw malformed();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (colon < 0) throw malformed();
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

/** `10000` or `10000;chunk-signature=…`, in hex. */
function sizeOf(line: string): number {
  const match = /^([0-9a-fA-F]+)(?:;.*)?$/.exec(line);
  if (match === null) throw malformed();
  return Number.parseInt(match[1] ?? '', 16);
}

/** Reads lines and runs of bytes from the pieces that the network gives. */
class ChunkReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let end = this.#rest.indexOf('\r\n');
    while (end < 0) {
      if (this.#rest.length > 4096) throw malformed();
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
      end = this.#rest.indexOf('\r\n');
    }
    const line = this.#rest.subarray(0, end).toString('latin1');
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      const piece = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#pieces.next();
    if (done === true) {
      throw new S3Error(400, 'IncompleteBody', 'The request body terminated unexpectedly');
    }
    return value;
  }
}

function malformed(): S3Error {
  return new S3Error(400, 'InvalidChunkSizeError', 'The aws-chunked body is malformed');
}
