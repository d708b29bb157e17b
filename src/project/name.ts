/** The environment that is worked in without `--env`. */
export const DEFAULT_ENVIRONMENT = 'default';

/** Environments that would be published where every environment keeps its own things. */
const TAKEN: ReadonlySet<string> = new Set(['store', 'raw', 'failures']);
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** Whether a name can be a target's schema or a custom one: lower case, no `__`, which parts schema and environment. */
export function isSchemaName(name: string): boolean {
  return NAME.test(name);
}

/** Whether a name can be an environment's: `pr_42`. */
export function isEnvironmentName(name: string): boolean {
  return NAME.test(name) && name.length <= 40 && !TAKEN.has(name);
}
