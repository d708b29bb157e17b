import type { Dialect } from '../dialect/dialect.ts';
import type { PreparedUnitTest } from '../unit-test/prepare-unit-tests.ts';
import { withQuery } from '../unit-test/unit-test-statement.ts';
import { type Mutation, mutated } from './mutation.ts';
import { mutations } from './mutations.ts';

/** Gives a unit test of the model with its nth mutation in it; undefined where the test does not run that piece. */
export type UnitTestMutants = (nth: number) => PreparedUnitTest | undefined;

/**
 * Finds the model's mutations in what a unit test runs, which may be one common table of it, or hold other values: they are
 * the same ones in the same order, or the test is left out.
 */
export function unitTestMutants(
  test: PreparedUnitTest,
  ofModel: readonly Mutation[],
  dialect: Dialect,
): UnitTestMutants {
  const { sql } = test.query;
  const own = mutations(sql, dialect);
  const isWhole = test.node.cte === undefined;
  const agrees = own.every(({ kind }, index) => kind === ofModel[index]?.kind);
  if (!agrees || (isWhole && own.length !== ofModel.length)) return () => undefined;
  return (nth) => {
    const mutation = own[nth];
    return mutation === undefined ? undefined : withQuery(test, mutated(sql, mutation), dialect);
  };
}
