import type { EnvironmentVariable } from './project.ts';

const SECRET_NAME = /passw|secret|token|credential|private|access_?key|api_?key|(^|_)(pwd|auth|dsn)(_|$)/i;

/** What templates see of the environment: neither variables that a target uses nor those that are named like secrets. */
export function templateEnvironment(
  env: NodeJS.ProcessEnv,
  usedByTargets: ReadonlySet<string>,
): (name: string) => EnvironmentVariable {
  return (name) => {
    if (usedByTargets.has(name) || isNamedLikeSecret(name)) return { kind: 'secret' };
    const value = env[name];
    return value === undefined ? { kind: 'missing' } : { kind: 'value', value };
  };
}

/** Whether a variable or a setting is named like a secret: `REDSHIFT_PASSWORD`, `api_key`. */
export function isNamedLikeSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}
