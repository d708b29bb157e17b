import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Backend, BackendError } from './backend.ts';
import { type Action, Refusal, type Surroundings } from './behaviour.ts';
import { withLateViews } from './behaviours/late-binding-view.ts';
import { inRedshiftsWords } from './error-words.ts';
import { LoginDesk, welcome } from './login-desk.ts';
import {
  encode,
  errorBody,
  errorResponse,
  type Message,
  MessageReader,
  readError,
  readTexts,
  type ServerError,
  texts,
} from './message.ts';
import type { RunningOptions } from './redshift-server.ts';
import { describedRow } from './row-description.ts';
import { openBackend, runAside } from './session-backend.ts';
import { literal, statementOf } from './statement.ts';

/** What a session tells its server. */
interface Neighbours {
  readonly cancel: (processId: number) => void;
  readonly closed: () => void;
}

/** One connection of a client, and the one to PostgreSQL that stands behind it. */
export class StandInSession {
  readonly #options: RunningOptions;
  readonly #neighbours: Neighbours;
  #socket: Socket;
  #backend: Backend | undefined;
  /** Messages are worked on one after the other. */
  #work: Promise<void> = Promise.resolve();
  /** An error in the extended protocol: what follows is skipped up to the next `Sync`. */
  #skipsToSync = false;
  /** What would be sent is not: the connection is about to be cut. */
  #isMute = false;
  /** Messages of the extended protocol that wait for the `Sync` that sends them. */
  #pending: Buffer[] = [];

  constructor(socket: Socket, options: RunningOptions, neighbours: Neighbours) {
    this.#socket = socket;
    this.#options = options;
    this.#neighbours = neighbours;
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.#ended());
    new LoginDesk(socket, options, {
      admit: (secured, user) => this.#welcome(secured, user),
      cancel: neighbours.cancel,
      lost: () => this.destroy(),
    });
  }

  get processId(): number | undefined {
    return this.#backend?.processId;
  }

  cancel(): void {
    this.#backend?.cancel();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#backend?.destroy();
  }

  #ended(): void {
    this.#backend?.end();
    this.#neighbours.closed();
  }

  async #welcome(socket: Socket, user: string): Promise<void> {
    this.#socket = socket;
    const backend = await openBackend(this.#options, user);
    this.#backend = backend;
    backend.onClose(() => this.#socket.destroy());
    const reader = new MessageReader();
    this.#socket.on('data', (chunk: Buffer) => {
      for (const message of reader.read(chunk)) {
        this.#work = this.#work.then(() => this.#receive(backend, message)).catch(() => this.destroy());
      }
    });
    this.#socket.write(Buffer.concat([welcome(backend.processId), ready('I')]));
  }

  async #receive(backend: Backend, { type, body }: Message): Promise<void> {
    if (type === 'X') this.#socket.end();
    else if (type === 'Q') await this.#simpleQuery(backend, readTexts(body, 1).values[0] ?? '');
    else await this.#extended(backend, type, body);
  }

  async #simpleQuery(backend: Backend, sql: string): Promise<void> {
    const fault = this.#options.faults.next(sql);
    if (fault?.kind === 'error') return this.#fail(backend, fault.error);
    if (fault?.kind === 'slow') await sleep(fault.ms);
    if (fault?.kind === 'drop') return this.#drop(backend, sql, fault.when);
    await this.#run(backend, sql);
  }

  async #run(backend: Backend, sql: string): Promise<void> {
    const action = await this.#decide(backend, sql, false);
    if (action.kind === 'refuse') return this.#fail(backend, action.error);
    if (action.kind === 'rewrite') {
      await backend.forward(encode('Q', texts(action.sql)), (message) =>
        this.#pass(message, sql !== action.sql),
      );
      return;
    }
    try {
      const tag = await action.run(this.#surroundings(backend));
      this.#send(Buffer.concat([encode('C', texts(tag)), ready(backend.status)]));
    } catch (error) {
      if (error instanceof BackendError || error instanceof Refusal) await this.#fail(backend, error.error);
      else throw error;
    }
  }

  /** Whatever is open in the server rolls back when the connection is cut, unless the statement itself ends it. */
  async #drop(backend: Backend, sql: string, when: 'before' | 'during' | 'after'): Promise<void> {
    this.#isMute = true;
    if (when === 'after') await this.#run(backend, sql);
    if (when === 'during') {
      backend.cutsCopy = true;
      const running = this.#run(backend, sql);
      await Promise.race([running, sleep(CUT_AFTER_MS)]);
    }
    this.destroy();
  }

  #surroundings(backend: Backend): Surroundings {
    return {
      backend,
      s3: this.#options.s3,
      server: this.#options.state,
      aside: (...statements) => runAside(this.#options.postgresUrl, statements),
    };
  }

  /** Prepared statements are rewritten where they are parsed; the rest goes to PostgreSQL as it is. */
  async #extended(backend: Backend, type: string, body: Buffer): Promise<void> {
    if (type === 'S') {
      const messages = Buffer.concat([...this.#pending, encode('S')]);
      const skipped = this.#skipsToSync;
      this.#pending = [];
      this.#skipsToSync = false;
      if (skipped) this.#socket.write(ready(backend.status));
      else await backend.forward(messages, (message) => this.#pass(message, true));
      return;
    }
    if (this.#skipsToSync) return;
    if (type !== 'P') {
      this.#pending.push(encode(type, body));
      return;
    }
    const { values, end } = readTexts(body, 2);
    const [name = '', sql = ''] = values;
    const fault = this.#options.faults.next(sql);
    if (fault?.kind === 'drop') return this.destroy();
    if (fault?.kind === 'slow') await sleep(fault.ms);
    const action: Action =
      fault?.kind === 'error'
        ? { kind: 'refuse', error: fault.error }
        : await this.#decide(backend, sql, body.readInt16BE(end) > 0 || /\$\d/.test(sql));
    if (action.kind === 'rewrite') {
      this.#pending.push(encode('P', Buffer.concat([texts(name, action.sql), body.subarray(end)])));
      return;
    }
    this.#skipsToSync = true;
    this.#pending = [];
    await this.#abort(backend);
    const error = action.kind === 'refuse' ? action.error : NOT_PREPARED;
    this.#socket.write(errorResponse(error));
  }

  async #decide(backend: Backend, sent: string, hasParameters: boolean): Promise<Action> {
    const sql = await this.#withShortNames(sent);
    const looksUp =
      this.#options.state.hasLateViews && backend.status !== 'E' && /\b(?:from|join)\b/i.test(sql);
    const bound = looksUp ? await withLateViews(backend, sql) : sql;
    let statement = statementOf(bound, hasParameters, sql);
    for (const behaviour of this.#options.behaviours) {
      const action = behaviour.apply(statement);
      if (action === undefined) continue;
      if (action.kind !== 'rewrite') return action;
      statement = statementOf(action.sql, hasParameters, sql);
    }
    return { kind: 'rewrite', sql: statement.sql };
  }

  /** What PostgreSQL has for long names is kept in the database, for its catalog to tell them. */
  async #withShortNames(sent: string): Promise<string> {
    const { sql, added } = this.#options.state.names.shortened(sent);
    if (added.length === 0) return sql;
    const rows = added.map((pair) => `(${pair.map(literal).join(', ')})`).join(', ');
    await runAside(this.#options.postgresUrl, [
      `insert into stand_in.long_names values ${rows} on conflict do nothing`,
    ]);
    return sql;
  }

  /** A message of PostgreSQL for the client. A place in a rewritten text would mislead. */
  #pass({ type, body }: Message, isRewritten: boolean): void {
    if (type === 'S') return;
    if (type === 'E') this.#send(encode(type, this.#told(readError(body), isRewritten)));
    else this.#send(encode(type, type === 'T' ? describedRow(body, this.#options.state.names) : body));
  }

  /** PostgreSQL's error in Redshift's words, without a place that is in no text of the client's. */
  #told(error: ServerError, isRewritten: boolean): Buffer {
    const { position, ...told } = inRedshiftsWords(error);
    const { names } = this.#options.state;
    const { message, detail } = told;
    return errorBody({
      ...{ ...told, message: names.told(message) },
      ...(detail !== undefined && { detail: names.told(detail) }),
      ...(position !== undefined && !isRewritten && { position }),
    });
  }

  #send(messages: Buffer): void {
    if (!this.#isMute) this.#socket.write(messages);
  }

  async #fail(backend: Backend, error: ServerError): Promise<void> {
    await this.#abort(backend);
    this.#send(Buffer.concat([encode('E', this.#told(error, true)), ready(backend.status)]));
  }

  /** An error ends a transaction on Redshift, so the one behind must fail too. */
  async #abort(backend: Backend): Promise<void> {
    if (backend.status !== 'T') return;
    await backend.query('select stand_in.fail()').catch(() => undefined);
  }
}

/** Long enough for a statement to have begun. */
const CUT_AFTER_MS = 30;

const NOT_PREPARED: ServerError = { code: '42601', message: 'cannot be sent as a prepared statement' };

function ready(status: string): Buffer {
  return encode('Z', Buffer.from(status, 'latin1'));
}
