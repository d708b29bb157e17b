import { connect, type Socket } from 'node:net';
import { Client } from 'pg';
import { encode, type Message, MessageReader, readError, type ServerError, texts } from './message.ts';

/** What a statement that the stand-in sends for itself came to; cells are text, as the server writes them. */
interface BackendResult {
  readonly rows: readonly (readonly (string | null)[])[];
  /** `COPY 12`. */
  readonly tag: string;
}

/** Thrown for an error of the real server. */
export class BackendError extends Error {
  readonly error: ServerError;

  constructor(error: ServerError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * The connection to the real PostgreSQL behind one connection of the stand-in. Messages of the front are passed on as they
 * are, and statements of the stand-in's own run in between, in the same session and transaction.
 */
export class Backend {
  readonly processId: number;
  readonly #secret: number;
  readonly #stream: Socket;
  readonly #reader = new MessageReader();
  #listener: (message: Message) => void = () => {};
  /** `I` idle, `T` in a transaction, `E` in one that has failed. */
  status = 'I';
  /** The next COPY breaks off in the middle, and the connection with it. */
  cutsCopy = false;

  private constructor(client: ConnectedClient) {
    this.processId = client.processID;
    this.#secret = client.secretKey;
    this.#stream = client.connection.stream;
    this.#stream.removeAllListeners('data');
    this.#stream.on('data', (chunk: Buffer) => {
      for (const message of this.#reader.read(chunk)) {
        if (message.type === 'Z') this.status = message.body.toString('latin1');
        this.#listener(message);
      }
    });
  }

  static async connect(url: string): Promise<Backend> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    return new Backend(client as unknown as ConnectedClient);
  }

  onClose(listener: () => void): void {
    this.#stream.on('close', listener);
  }

  /** Sends messages and hands on what comes back, up to and with the next `ReadyForQuery`. */
  forward(messages: Buffer, each: (message: Message) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#listener = (message) => {
        each(message);
        if (message.type === 'Z') resolve();
      };
      this.#stream.write(messages);
    });
  }

  /** Runs statements of the stand-in's own; throws a BackendError after the server is ready again. */
  query(sql: string): Promise<BackendResult> {
    return this.#run(encode('Q', texts(sql)), () => {});
  }

  /** Sends data behind a `copy … from stdin`. */
  copyIn(sql: string, data: Buffer): Promise<BackendResult> {
    return this.#run(encode('Q', texts(sql)), () => {
      if (this.cutsCopy) {
        this.#stream.write(encode('d', data.subarray(0, data.length >> 1)), () => this.destroy());
      } else this.#stream.write(Buffer.concat([encode('d', data), encode('c')]));
    });
  }

  async #run(messages: Buffer, onCopy: () => void): Promise<BackendResult> {
    const rows: (string | null)[][] = [];
    let tag = '';
    let failure: ServerError | undefined;
    await this.forward(messages, ({ type, body }) => {
      if (type === 'D') rows.push(cells(body));
      if (type === 'C') tag = body.toString('utf8', 0, body.length - 1);
      if (type === 'E') failure = readError(body);
      if (type === 'G') onCopy();
    });
    if (failure !== undefined) throw new BackendError(failure);
    return { rows, tag };
  }

  /** Stops the running statement as a client does: on a connection of its own. */
  cancel(): void {
    const { remotePort = 0, remoteAddress = '' } = this.#stream;
    const request = Buffer.alloc(16);
    [16, 80_877_102, this.processId, this.#secret].forEach((value, index) => {
      request.writeInt32BE(value, index * 4);
    });
    const socket = connect(remotePort, remoteAddress, () => socket.end(request));
    socket.on('error', () => undefined);
  }

  end(): void {
    this.#stream.end(encode('X'));
  }

  destroy(): void {
    this.#stream.destroy();
  }
}

function cells(body: Buffer): (string | null)[] {
  const values: (string | null)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return values;
}

/** What `pg` holds once it has logged in; its types do not tell. */
interface ConnectedClient {
  readonly processID: number;
  readonly secretKey: number;
  readonly connection: { readonly stream: Socket };
}
