import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';

/**
 * Creates an environment's store with its state tables, or brings an older one up to date. Idempotent, and safe when two
 * do it at once. Throws a DiagnosticError when the store was written by a newer modelwright.
 */
export declare function ensureStore(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<void>;
