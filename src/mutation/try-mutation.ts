import type { Mutant, MutantFate } from './mutant.ts';
import type { MutantBench } from './mutant-bench.ts';
import { type Mutation, mutated, mutationText } from './mutation.ts';
import type { MutationSubject } from './mutation-subject.ts';
import type { SoundTests } from './sound-tests.ts';

/** Tries a mutation: runs tests on it, the quick ones first, until one fails. */
export async function tryMutation(
  mutation: Mutation,
  nth: number,
  { model }: MutationSubject,
  tests: SoundTests,
  bench: MutantBench,
): Promise<Mutant> {
  const sql = mutated(model.sql, mutation);
  const place = model.map.originAt(mutation.start)?.span;
  const fate = await fateOf(sql, nth, tests, bench);
  return { mutation, place, change: mutationText(model.sql, mutation), fate };
}

async function fateOf(sql: string, nth: number, tests: SoundTests, bench: MutantBench): Promise<MutantFate> {
  if (!(await bench.accepts(sql))) return { kind: 'invalid' };
  for (const { name, mutants } of tests.unitTests) {
    const test = mutants(nth);
    if (test !== undefined && (await bench.unitTestFails(test))) return { kind: 'killed', by: name };
  }
  try {
    if (!(await bench.make(sql))) return { kind: 'killed', by: 'its own rows' };
    for (const test of tests.dataTests)
      if (await bench.dataTestFails(test)) return { kind: 'killed', by: test.compiled.node.name };
    return { kind: 'survived', sameRows: await bench.madeSameRows() };
  } finally {
    await bench.clear();
  }
}
