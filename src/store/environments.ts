import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';

/** An environment as `model env list` shows it. */
export interface EnvironmentSummary {
  readonly environment: Environment;
  readonly sequence: number;
  readonly publishedAt: string | null;
  readonly relations: number;
  readonly versions: number;
}

/** All environments beside the target's schema. */
export declare function listEnvironments(
  session: Session,
  dialect: Dialect,
  schema: string,
): Promise<EnvironmentSummary[]>;

/**
 * Drops an environment: its published relations and schemas, and its store. Throws a DiagnosticError for an unknown one, for
 * `default` without force, and while another environment shows its versions.
 */
export declare function dropEnvironment(
  session: Session,
  dialect: Dialect,
  request: { readonly schema: string; readonly name: string; readonly force: boolean },
): Promise<void>;
