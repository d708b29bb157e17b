import { Client, type ClientConfig } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { describePostgres, type TestDatabase } from '../postgres/database.ts';
import { type S3Server, startS3Server } from '../s3/s3-server.ts';
import { BEHAVIOURS } from './behaviours.ts';
import type { Login } from './login.ts';
import { PRELUDE } from './prelude/prelude.ts';
import { RedshiftServer } from './redshift-server.ts';
import { literal } from './statement.ts';

export const BUCKET = 'landing-bucket';
export const COPY_ROLE = 'arn:aws:iam::123456789012:role/loader';
export const LOGIN = { user: 'analyst', password: 'r1ght-passw0rd' } as const;
const REGION = 'us-east-1';
const COPY_KEY = { accessKeyId: 'AKIACOPYROLE', secretAccessKey: 'the secret of the role' };
/** For those who write to the landing zone. */
export const WRITER_KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'the secret of AKIATEST' };

/** A stand-in over an empty database, and an S3 server beside it that its COPY fetches from. */
export interface TestRedshift {
  /** What a target needs to reach it, besides `user` and `password`. */
  readonly settings: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly iam_role: string;
  };
  readonly server: RedshiftServer;
  readonly s3: S3Server;
  /** A connection that is ended with the group of tests. */
  connect(changes?: ClientConfig): Promise<Client>;
  /** Takes away all that tests have made, and leaves the stand-in as new. */
  clear(): Promise<void>;
  /** Runs statements past the stand-in, on PostgreSQL itself. */
  readonly admin: TestDatabase['admin'];
}

/** How a stand-in differs from the usual one. */
export interface StandInChanges {
  /** Who may log in besides; may be added to while it runs. */
  readonly logins?: readonly Login[];
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly isolation?: 'snapshot' | 'serializable';
}

/** Tests on the stand-in for Redshift; where there is no PostgreSQL for it they are skipped, as those of PostgreSQL are. */
export function describeRedshift(
  title: string,
  body: (redshift: TestRedshift) => void,
  changes: StandInChanges = {},
): void {
  describePostgres(title, (database) => body(standIn(database, changes)));
}

function standIn(
  database: TestDatabase,
  { logins = [], tls, isolation = 'snapshot' }: StandInChanges,
): TestRedshift {
  let running: { readonly server: RedshiftServer; readonly s3: S3Server } | undefined;
  const clients: Client[] = [];
  const started = () => {
    if (running === undefined) throw new Error('The stand-in starts before the first test of its group.');
    return running;
  };
  beforeAll(async () => {
    await database.admin(...PRELUDE, ADD_LOGIN);
    const s3 = await startS3Server({
      accessKeys: {
        [COPY_KEY.accessKeyId]: COPY_KEY.secretAccessKey,
        [WRITER_KEY.accessKeyId]: WRITER_KEY.secretAccessKey,
      },
      buckets: [BUCKET],
      region: REGION,
    });
    const server = await RedshiftServer.start({
      postgresUrl: database.url,
      logins: () => [LOGIN, ...logins],
      isolation,
      ...(tls !== undefined && { tls }),
      behaviours: BEHAVIOURS,
      s3: { endpoint: s3.endpoint, region: REGION, roles: { default: COPY_KEY, [COPY_ROLE]: COPY_KEY } },
    });
    running = { server, s3 };
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
    await running?.server.close();
    await running?.s3.close();
    if (running !== undefined) await database.admin('select stand_in.forget_roles()');
  });
  return {
    get server() {
      return started().server;
    },
    get s3() {
      return started().s3;
    },
    get settings() {
      const { port } = started().server;
      return { host: '127.0.0.1', port, ...LOGIN, database: 'dev', iam_role: COPY_ROLE };
    },
    connect: async (changes = {}) => {
      const { port } = started().server;
      const client = new Client({ host: '127.0.0.1', port, ...LOGIN, database: 'dev', ...changes });
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client);
      return client;
    },
    clear: () => clear(database),
    admin: (...statements) => database.admin(...statements),
  };
}

const ADD_LOGIN = `insert into stand_in.identities values ('user', ${literal(LOGIN.user)})`;

async function clear(database: TestDatabase): Promise<void> {
  const schemas = await database.admin(
    `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'stand_in')`,
  );
  const drops = schemas.map(({ nspname }) => `drop schema "${String(nspname)}" cascade`);
  await database.admin(
    ...drops,
    'create schema public',
    'truncate stand_in.layouts, stand_in.late_views, stand_in.privileges, stand_in.load_errors',
    'delete from stand_in.identities',
    'select stand_in.forget_roles()',
    ADD_LOGIN,
  );
}
