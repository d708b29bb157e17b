/** A message of PostgreSQL's protocol, version 3: its type as a letter, and what follows its length. */
export interface Message {
  readonly type: string;
  readonly body: Buffer;
}

/** Cuts a stream of bytes into messages; what is not whole yet waits for the next chunk. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Iterable<Message> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 5) {
      const end = 1 + this.#rest.readInt32BE(1);
      if (this.#rest.length < end) return;
      const body = this.#rest.subarray(5, end);
      const type = String.fromCharCode(this.#rest[0] ?? 0);
      this.#rest = this.#rest.subarray(end);
      yield { type, body };
    }
  }
}

/** A message as bytes. */
export function encode(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Texts that each end with a NUL. */
export function texts(...values: readonly string[]): Buffer {
  return Buffer.concat(values.flatMap((value) => [Buffer.from(value, 'utf8'), Buffer.from([0])]));
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Reads texts that end with a NUL, and tells where the last one ended. */
export function readTexts(body: Buffer, count: number): { readonly values: string[]; readonly end: number } {
  const values: string[] = [];
  let start = 0;
  for (let read = 0; read < count; read++) {
    const end = body.indexOf(0, start);
    values.push(body.toString('utf8', start, end));
    start = end + 1;
  }
  return { values, end: start };
}

/** An error as the server words it. */
export interface ServerError {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly severity?: 'ERROR' | 'FATAL';
  readonly detail?: string;
  readonly hint?: string;
  /** From 1, in characters. */
  readonly position?: number;
}

export function errorResponse(error: ServerError): Buffer {
  return encode('E', errorBody(error));
}

/** What stands in the message of an error, behind its length. */
export function errorBody(error: ServerError): Buffer {
  const { severity = 'ERROR', code, message, detail, hint, position } = error;
  const fields: [string, string | undefined][] = [
    ['S', severity],
    ['C', code],
    ['M', message],
    ['D', detail],
    ['H', hint],
    ['P', position === undefined ? undefined : String(position)],
  ];
  const told = fields.flatMap(([letter, value]) =>
    value === undefined ? [] : [Buffer.from(letter, 'latin1'), texts(value)],
  );
  return Buffer.concat([...told, Buffer.from([0])]);
}

export function readError(body: Buffer): ServerError {
  const fields = new Map<string, string>();
  for (let at = 0; (body[at] ?? 0) !== 0; ) {
    const letter = String.fromCharCode(body[at] ?? 0);
    const { values, end } = readTexts(body.subarray(at + 1), 1);
    fields.set(letter, values[0] ?? '');
    at += 1 + end;
  }
  const detail = fields.get('D');
  const hint = fields.get('H');
  const position = fields.get('P');
  return {
    severity: fields.get('S') === 'FATAL' ? 'FATAL' : 'ERROR',
    code: fields.get('C') ?? 'XX000',
    message: fields.get('M') ?? '',
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position: Number(position) }),
  };
}
