import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Behaviour, ServerState } from './behaviour.ts';
import { Faults } from './fault.ts';
import type { Login } from './login.ts';
import { LongNames } from './long-names.ts';
import type { S3Reach } from './s3-reach.ts';
import { StandInSession } from './stand-in-session.ts';

/** How a stand-in is set up. */
interface RedshiftServerOptions {
  /** The database of a real PostgreSQL that stands behind it. */
  readonly postgresUrl: string;
  /** Who may log in now. */
  readonly logins: () => readonly Login[];
  readonly behaviours: readonly Behaviour[];
  readonly s3?: S3Reach;
  /** Of the database; SNAPSHOT is what new ones have. */
  readonly isolation?: 'snapshot' | 'serializable';
  /** A key and a certificate, where clients may ask for TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** What all sessions of a running server share. */
export interface RunningOptions extends RedshiftServerOptions {
  readonly faults: Faults;
  readonly state: ServerState;
}

/**
 * A stand-in for Amazon Redshift: it speaks PostgreSQL's protocol, passes on what Redshift has in common with PostgreSQL to a
 * real one, does what Redshift alone does, and refuses what Redshift refuses. It is made from documentation and memory, and
 * proves nothing about Redshift itself.
 */
export class RedshiftServer {
  readonly port: number;
  /** The script of what goes wrong. */
  readonly faults: Faults;
  readonly #server: Server;
  readonly #sessions: Set<StandInSession>;

  private constructor(server: Server, sessions: Set<StandInSession>, faults: Faults) {
    this.faults = faults;
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sessions = sessions;
  }

  static async start(options: RedshiftServerOptions): Promise<RedshiftServer> {
    const sessions = new Set<StandInSession>();
    const faults = new Faults();
    const state: ServerState = { hasLateViews: false, passwords: new Map(), names: new LongNames() };
    const server = createServer({ noDelay: true }, (socket) => {
      const session = new StandInSession(
        socket,
        { ...options, faults, state },
        {
          cancel: (processId) => {
            for (const other of sessions) if (other.processId === processId) other.cancel();
          },
          closed: () => sessions.delete(session),
        },
      );
      sessions.add(session);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RedshiftServer(server, sessions, faults);
  }

  /** Cuts all connections and closes. */
  async close(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
