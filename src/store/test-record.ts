import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** A test that passed, by the key of everything that it reads. Only passes are recorded. */
export interface PassedTest {
  readonly key: string;
  readonly uniqueId: string;
  readonly runId: string;
}

/** Records tests that passed; keys that are known already are left alone. */
export declare function recordPassedTests(
  session: Session,
  dialect: Dialect,
  store: string,
  tests: readonly PassedTest[],
): Promise<void>;
