import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The folder of PostgreSQL's server programs: what `pg_config` says, else the newest of Debian's, else one of the PATH;
 * undefined where none holds a server.
 */
export function postgresBinaries(): string | undefined {
  const path = process.env['PATH'] ?? '';
  return [...configured(), ...debian(), ...path.split(delimiter)].find(holdsServer);
}

/** The user that a server runs as: PostgreSQL refuses root, which Debian's package gives a user for; undefined: this one. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(run('id', [flag, 'postgres'])));
  if (!uid || !gid) throw new Error('PostgreSQL refuses to run as root, and there is no user "postgres".');
  return { uid, gid };
}

function configured(): readonly string[] {
  const folder = run('pg_config', ['--bindir']);
  return folder === undefined ? [] : [folder];
}

const DEBIAN = '/usr/lib/postgresql';

function debian(): readonly string[] {
  if (!existsSync(DEBIAN)) return [];
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(DEBIAN, version, 'bin'));
}

function holdsServer(folder: string): boolean {
  return folder !== '' && ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name)));
}

function run(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
