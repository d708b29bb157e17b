import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresBinaries, serverUser } from './binaries.ts';

/** A PostgreSQL server of our own on 127.0.0.1, with all its files in one folder. */
export interface Cluster {
  /** Of its database `postgres`, for its superuser. */
  readonly url: string;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Made if it is not there; nobody else may keep files in it. */
  readonly folder: string;
  /** The process that the server serves; when that ends without having stopped it, the server goes too. */
  readonly owner: number;
  /** Further lines of postgresql.conf. Relative paths are below the data folder. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Files to lie in the data folder, readable by the server alone: name → content. */
  readonly files?: Readonly<Record<string, string>>;
}

const SUPERUSER = 'modelwright';
const PASSWORD = 'c1uster-passw0rd';

/**
 * Makes a cluster and starts it. What it defaults to is unlike anything we want (time zone, date style), so that a session
 * that forgets a setting shows; nothing is synced to disk.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = postgresBinaries();
  if (binaries === undefined) throw new Error('There is no PostgreSQL server on this machine.');
  const { folder, owner } = options;
  await makeFolder(folder);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, PASSWORD);
  await asServer(join(binaries, 'initdb'), [
    ...['--pgdata', data, '--username', SUPERUSER, '--pwfile', passwordFile, '--no-sync'],
    ...['--encoding', 'UTF8', '--locale', 'C.UTF-8', '--auth-local', 'trust', '--auth-host', 'scram-sha-256'],
  ]);
  for (const [name, text] of Object.entries(options.files ?? {})) await giveFile(join(data, name), text);
  const port = await freePort();
  await writeFile(join(data, 'postgresql.auto.conf'), configuration(folder, port, options.settings));
  watchOwner(folder, owner);
  await asServer(join(binaries, 'pg_ctl'), [
    ...['start', '--wait', '--silent', '--pgdata', data, '--log', join(folder, 'server.log')],
  ]).catch(async (error) => {
    throw new Error(
      `${error.message}\n${await readFile(join(folder, 'server.log'), 'utf8').catch(() => '')}`,
    );
  });
  const url = `postgres://${SUPERUSER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
  return { url, stop: () => stopCluster(folder) };
}

/** Stops the server whose files lie in a folder, if there is one, and removes the folder. */
export async function stopCluster(folder: string): Promise<void> {
  const pid = serverPid(folder);
  if (pid !== undefined) {
    signal(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 5000; waited += 20) await sleep(20);
    signal(pid, 'SIGQUIT');
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const user = serverUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
}

async function giveFile(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  const user = serverUser();
  if (user !== undefined) await chown(path, user.uid, user.gid);
}

function asServer(program: string, args: readonly string[]): Promise<unknown> {
  const [name = program, ...rest] =
    serverUser() === undefined ? [program] : ['runuser', '-u', 'postgres', '--', program];
  return promisify(execFile)(name, [...rest, ...args], { cwd: '/', timeout: 60_000 });
}

function configuration(folder: string, port: number, settings: ClusterOptions['settings']): string {
  const all = {
    ...{ port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: folder },
    ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
    ...{ wal_level: 'minimal', max_wal_senders: '0', max_connections: '200', shared_buffers: '64MB' },
    ...{ timezone: 'Asia/Kathmandu', datestyle: 'SQL, DMY', intervalstyle: 'sql_standard' },
    ...{ bytea_output: 'escape', extra_float_digits: '0' },
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}

/** A shell that outlives a killed test run, and does then what the run would have done. */
function watchOwner(folder: string, owner: number): void {
  const script = `while kill -0 ${owner} 2>/dev/null && [ -d "$1" ]; do sleep 1; done
[ -f "$1/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" && sleep 1
rm -rf "$1"`;
  spawn('/bin/sh', ['-c', script, 'sh', folder], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

function serverPid(folder: string): number | undefined {
  const file = join(folder, 'data', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('A listening server has an address.');
  return address.port;
}
