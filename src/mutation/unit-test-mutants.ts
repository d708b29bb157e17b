import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { PreparedUnitTest } from '../unit-test/prepare-unit-tests.ts';
import { withQuery } from '../unit-test/unit-test-statement.ts';
import { type Mutation, mutated } from './mutation.ts';
import { mutations } from './mutations.ts';

/** Gives a unit test of the model with its nth mutation in it; undefined where the test does not run that piece. */
export type UnitTestMutants = (nth: number) => PreparedUnitTest | undefined;

/**
 * Finds the model's mutations in what a unit test runs, which may be one common table of it, or hold other values: they change
 * what the same place of the template wrote. Where that place wrote more or fewer pieces than in the model, as a loop may,
 * nobody knows which of them is which, and the test is left out.
 */
export function unitTestMutants(
  test: PreparedUnitTest,
  model: CompiledNode,
  dialect: Dialect,
): UnitTestMutants {
  const { query } = test;
  const ofModel = mutationsByOrigin(model, dialect);
  const ofQuery = mutationsByOrigin(query, dialect);
  const twins = new Map<number, Mutation | undefined>();
  for (const [origin, pieces] of ofModel) {
    const own = ofQuery.get(origin);
    if (own?.length !== pieces.length) continue;
    for (const [index, { nth }] of pieces.entries()) twins.set(nth, own[index]?.mutation);
  }
  return (nth) => {
    const twin = twins.get(nth);
    return twin && withQuery(test, mutated(query.sql, twin), dialect);
  };
}

interface NthMutation {
  readonly nth: number;
  readonly mutation: Mutation;
}

/** Mutations of one kind that stand in what one place of a template wrote, in the order of the text. */
function mutationsByOrigin({ sql, map }: CompiledNode, dialect: Dialect): Map<string, NthMutation[]> {
  const byOrigin = new Map<string, NthMutation[]>();
  mutations(sql, dialect).forEach((mutation, nth) => {
    const origin = map.originAt(mutation.start);
    const places = [...(origin?.stack.map(({ span }) => span) ?? []), ...(origin ? [origin.span] : [])];
    const key = JSON.stringify([mutation.kind, places.map(({ source, start }) => [source.path, start])]);
    byOrigin.set(key, [...(byOrigin.get(key) ?? []), { nth, mutation }]);
  });
  return byOrigin;
}
