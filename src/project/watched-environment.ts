import { hash } from 'node:crypto';

/** Variables that were read, by name: a hash of the value, or null for one that was not set. */
export type VariablesRead = Readonly<Record<string, string | null>>;

/** An environment that remembers which of its variables were read. */
export interface WatchedEnvironment {
  readonly environment: NodeJS.ProcessEnv;
  /** Secrets count as set or not: their values reach no file, and a hash of one does not belong on disk. */
  readonly read: (secrets: ReadonlySet<string>) => VariablesRead;
}

export function watchEnvironment(env: NodeJS.ProcessEnv): WatchedEnvironment {
  const names = new Set<string>();
  const note = (name: string | symbol) => {
    if (typeof name === 'string') names.add(name);
  };
  const watched = new Proxy(env, {
    get(variables, name) {
      note(name);
      return Reflect.get(variables, name);
    },
    has(variables, name) {
      note(name);
      return Reflect.has(variables, name);
    },
    getOwnPropertyDescriptor(variables, name) {
      note(name);
      return Reflect.getOwnPropertyDescriptor(variables, name);
    },
  });
  const read = (secrets: ReadonlySet<string>) =>
    Object.fromEntries([...names].sort().map((name) => [name, traceOf(env[name], secrets)]));
  return { environment: watched, read };
}

/** Whether the variables still have the values that were read. */
export function isUnchanged(read: VariablesRead, env: NodeJS.ProcessEnv): boolean {
  return Object.entries(read).every(([name, trace]) =>
    trace === SECRET ? env[name] !== undefined : trace === traceOf(env[name], new Set()),
  );
}

const SECRET = 'a secret';

function traceOf(value: string | undefined, secrets: ReadonlySet<string>): string | null {
  if (value === undefined) return null;
  return secrets.has(value) ? SECRET : hash('sha256', value);
}
