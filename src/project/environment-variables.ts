import { credentialsIn } from './credentials-text.ts';
import type { EnvironmentVariable } from './project.ts';
import { isNamedLikeSecret } from './secret-name.ts';

/** What templates see of the environment: no variables that a target uses, are named like secrets, or hold credentials. */
export function templateEnvironment(
  env: NodeJS.ProcessEnv,
  usedByTargets: ReadonlySet<string>,
): (name: string) => EnvironmentVariable {
  return (name) => {
    if (usedByTargets.has(name) || isNamedLikeSecret(name)) return { kind: 'secret' };
    const value = env[name];
    if (value !== undefined && credentialsIn(value).length > 0) return { kind: 'secret' };
    return value === undefined ? { kind: 'missing' } : { kind: 'value', value };
  };
}
