import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { isCurrent, type Login, md5Answer } from './login.ts';
import {
  encode,
  errorResponse,
  int32,
  MessageReader,
  readTexts,
  type ServerError,
  texts,
} from './message.ts';
import type { RunningOptions } from './redshift-server.ts';

const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;
/** What Redshift lets a client set in its first message. */
const STARTUP_PARAMETERS = new Set([
  'user',
  'database',
  'client_encoding',
  'application_name',
  'statement_timeout',
]);

/** What comes of a client's first words. */
interface Outcome {
  /** It is let in; over TLS the socket is another one. What fails is told to the client. */
  readonly admit: (socket: Socket, user: string) => Promise<void>;
  /** It only wants the statement of a process stopped. */
  readonly cancel: (processId: number) => void;
  readonly lost: () => void;
}

/** Talks with a client up to its login: TLS where it asks for it, parameters, a password. */
export class LoginDesk {
  #socket: Socket;
  readonly #options: RunningOptions;
  readonly #outcome: Outcome;

  constructor(socket: Socket, options: RunningOptions, outcome: Outcome) {
    this.#socket = socket;
    this.#options = options;
    this.#outcome = outcome;
    socket.once('data', (chunk) => this.#greet(chunk));
  }

  /** The first message has no type: a request for TLS, a cancel, or the startup itself. */
  #greet(chunk: Buffer): void {
    const code = chunk.readInt32BE(4);
    if (code === CANCEL_REQUEST) {
      this.#outcome.cancel(chunk.readInt32BE(8));
      this.#socket.end();
    } else if (code === SSL_REQUEST) this.#offerTls();
    else this.#startUp(chunk);
  }

  #offerTls(): void {
    const { tls } = this.#options;
    this.#socket.write(tls === undefined ? 'N' : 'S');
    if (tls !== undefined) {
      this.#socket = new TLSSocket(this.#socket, { isServer: true, ...tls });
      this.#socket.on('error', this.#outcome.lost);
    }
    this.#socket.once('data', (chunk) => this.#startUp(chunk));
  }

  #startUp(chunk: Buffer): void {
    const parameters = parametersOf(chunk.subarray(8));
    const unknown = [...parameters.keys()].find((name) => !STARTUP_PARAMETERS.has(name));
    if (unknown !== undefined) {
      this.#refuse({ code: '42704', message: `unrecognized configuration parameter "${unknown}"` });
      return;
    }
    const salt = randomBytes(4);
    this.#socket.write(encode('R', Buffer.concat([int32(5), salt])));
    this.#socket.once('data', (answer: Buffer) => {
      const [message] = [...new MessageReader().read(answer)];
      const given = message === undefined ? '' : (readTexts(message.body, 1).values[0] ?? '');
      this.#logIn(parameters.get('user') ?? '', given, salt);
    });
  }

  #logIn(user: string, given: string, salt: Buffer): void {
    const login = this.#loginOf(user);
    const isTrusted =
      login !== undefined &&
      md5Answer(login, salt) === given &&
      isCurrent(login, new Date()) &&
      (login.needsTls !== true || this.#socket instanceof TLSSocket);
    if (!isTrusted)
      this.#refuse({ code: '28000', message: `password authentication failed for user "${user}"` });
    else
      this.#outcome
        .admit(this.#socket, user)
        .catch(({ message }: Error) => this.#refuse({ code: '08006', message }));
  }

  #loginOf(user: string): Login | undefined {
    const password = this.#options.state.passwords.get(user);
    const known = this.#options.logins().find((candidate) => candidate.user === user);
    return known ?? (password === undefined ? undefined : { user, password });
  }

  #refuse(error: ServerError): void {
    this.#socket.end(errorResponse({ severity: 'FATAL', ...error }));
  }
}

/** Names and values, each behind a name, and an empty text at the end. */
function parametersOf(body: Buffer): ReadonlyMap<string, string> {
  const { values } = readTexts(body, body.filter((byte) => byte === 0).length - 1);
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < values.length; at += 2) parameters.set(values[at] ?? '', values[at + 1] ?? '');
  return parameters;
}

/** What a client hears that is let in. */
export function welcome(processId: number): Buffer {
  return Buffer.concat([
    encode('R', int32(0)),
    ...Object.entries(PARAMETERS).map(([name, value]) => encode('S', texts(name, value))),
    encode('K', Buffer.concat([int32(processId), int32(0)])),
  ]);
}

/** What Redshift says of itself to a client that logs in. */
const PARAMETERS: Readonly<Record<string, string>> = {
  server_version: '8.0.2',
  server_encoding: 'UNICODE',
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  integer_datetimes: 'on',
};
