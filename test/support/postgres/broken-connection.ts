import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { queryText } from '../statements.ts';

/**
 * When a connection breaks: before the server hears of a statement, while it works on it, when it has done it and its
 * answer is on the way, or when the answer is here.
 */
export type Moment = 'before' | 'during' | 'unheard' | 'after';

export const MOMENTS: readonly Moment[] = ['before', 'during', 'unheard', 'after'];

/**
 * Does some work while the connection of every statement breaks at the moment that `momentOf` names for it, if any. The url is
 * a superuser's, who ends connections and looks at them. Not to be nested.
 */
export async function withBrokenConnections<T>(
  url: string,
  momentOf: (sql: string) => Moment | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const onlooker = new Client({ connectionString: url });
  await onlooker.connect();
  const ask: Ask = askOn(onlooker.query.bind(onlooker));
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function broken(query, ...rest) {
    const send = () => original.call(this, query, ...rest);
    const moment = momentOf(queryText(query));
    return moment === undefined ? send() : BREAKS[moment](this, send, ask);
  };
  try {
    return await work();
  } finally {
    prototype.query = original;
    await onlooker.end();
  }
}

/** Gives a promise of the answer; for a COPY the stream that is to be written to. */
type Query = (this: Connected, query: unknown, ...rest: unknown[]) => unknown;

/** Parts of `pg`'s client that its types do not show. */
interface Connected {
  readonly processID: number;
  readonly connection: { readonly stream: Socket };
}

type Ask = (sql: string, client: Connected) => Promise<string | undefined>;

function askOn(query: Client['query']): Ask {
  return async (sql, { processID }) => (await query<{ told: string }>(sql, [processID])).rows[0]?.told;
}

type Break = (client: Connected, send: () => unknown, ask: Ask) => unknown;

const BREAKS: Readonly<Record<Moment, Break>> = {
  before: (client, send) => {
    cut(client);
    return send();
  },
  during: (client, send, ask) => {
    const answer = send();
    void ask('select pg_terminate_backend($1)::text as told', client);
    return answer;
  },
  unheard: (client, send, ask) => {
    client.connection.stream.pause();
    const since = ask(STATE, client);
    const answer = send();
    void since.then((state) => serverIsDone(client, state, ask)).finally(() => cut(client));
    return answer;
  },
  after: (client, send) => {
    const answer = send();
    if (answer instanceof Promise) return answer.finally(() => cut(client));
    (answer as Writable).once('close', () => cut(client));
    return answer;
  },
};

function cut({ connection }: Connected): void {
  connection.stream.destroy();
}

const STATE = `select state || ' since ' || state_change as told from pg_stat_activity where pid = $1`;

/** A COPY waits for content, which comes once the server has been heard. */
const PATIENCE_MS = 200;

async function serverIsDone(client: Connected, before: string | undefined, ask: Ask): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < PATIENCE_MS) {
    const state = await ask(STATE, client);
    if (state === undefined || (state !== before && state.startsWith('idle'))) return;
    await sleep(3);
  }
}
