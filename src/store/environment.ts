import { DEFAULT_ENVIRONMENT, isEnvironmentName } from '../project/name.ts';

/**
 * An environment is a published schema and a store of its own. `default` is published in the target's schema,
 * `pr_42` in `<schema>__pr_42`; the store of both is `<published schema>__store`.
 */
export interface Environment {
  readonly name: string;
  /** The published schema; nodes with a custom schema are published in `<schema>_<custom>`. */
  readonly schema: string;
  /** Holds versions and state tables; nobody but modelwright reads it. */
  readonly store: string;
}

const STORE = '__store';

/** The environment of a name in a target whose schema is `schema`. */
export function environmentOf(schema: string, name: string): Environment {
  const published = name === DEFAULT_ENVIRONMENT ? schema : `${schema}__${name}`;
  return { name, schema: published, store: `${published}${STORE}` };
}

/**
 * The store that holds `_load` for all environments: landed tables are shared, so their loads are recorded once,
 * in the default environment's store.
 */
export function loadStore(schema: string): string {
  return environmentOf(schema, DEFAULT_ENVIRONMENT).store;
}

/** The environments that have a store among the schemas of a database, default first, then by name. */
export function environmentsAmong(schema: string, schemas: readonly string[]): Environment[] {
  const found = new Set(schemas);
  const named = schemas
    .filter((candidate) => candidate.startsWith(`${schema}__`) && candidate.endsWith(STORE))
    .map((store) => store.slice(schema.length + '__'.length, -STORE.length))
    .filter((name) => isEnvironmentName(name) && name !== DEFAULT_ENVIRONMENT)
    .sort();
  return [DEFAULT_ENVIRONMENT, ...named]
    .map((name) => environmentOf(schema, name))
    .filter((environment) => found.has(environment.store));
}
