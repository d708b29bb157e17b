import type { ModelNode } from '../manifest/node.ts';
import type { Mutant } from './mutant.ts';
import { type BenchTools, MutantBench } from './mutant-bench.ts';
import type { Mutation } from './mutation.ts';
import type { MutationSubject } from './mutation-subject.ts';
import { mutations } from './mutations.ts';
import { type Preparing, type SoundTests, soundTests } from './sound-tests.ts';
import { tryMutation } from './try-mutation.ts';

/** A statement on a mutant may take so many times as long as the model took to make, in milliseconds at least. */
const PATIENCE = { times: 10, least: 5_000 };

/** What mutants are tried with. */
export interface MutationTools extends BenchTools, Preparing {
  /** So many mutants are tried at once. */
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** What became of the mutants of a model. */
export interface MutationResult {
  readonly model: ModelNode;
  /** In the order of the text. */
  readonly mutants: readonly Mutant[];
  /** So many tests were there to notice. */
  readonly tests: number;
  /** Names of tests that were left out, because they fail on the model as it is. */
  readonly failing: readonly string[];
}

/** Changes a model in every small way there is, and finds out which changes its tests notice. */
export async function mutate(subject: MutationSubject, tools: MutationTools): Promise<MutationResult> {
  const { model } = subject;
  const benches: MutantBench[] = [];
  const cancel = () => void Promise.all(benches.map((bench) => bench.cancel()));
  tools.signal.addEventListener('abort', cancel, { once: true });
  try {
    const first = await MutantBench.open(tools, model);
    benches.push(first);
    const tests = await soundTests(subject, first, tools);
    while (benches.length < tools.threads) benches.push(await MutantBench.open(tools, model));
    const patience = Math.max(PATIENCE.least, PATIENCE.times * tests.making);
    for (const bench of benches) bench.patience = patience;
    const mutants = await tryAll(subject, tests, benches, tools);
    const count = tests.unitTests.length + tests.dataTests.length;
    return { model: model.node, mutants, tests: count, failing: tests.failing };
  } finally {
    tools.signal.removeEventListener('abort', cancel);
    await Promise.all(benches.map((bench) => bench.close()));
  }
}

/** Tries all mutations, each bench one at a time. */
async function tryAll(
  subject: MutationSubject,
  tests: SoundTests,
  benches: readonly MutantBench[],
  { embedded, signal }: MutationTools,
): Promise<readonly Mutant[]> {
  const all = mutations(subject.model.sql, embedded.dialect);
  const mutants = new Map<Mutation, Mutant>();
  const queue = all.entries();
  const work = async (bench: MutantBench) => {
    for (const [nth, mutation] of queue) {
      signal.throwIfAborted();
      mutants.set(mutation, await tryMutation(mutation, nth, subject, tests, bench));
    }
  };
  await Promise.all(benches.map(work));
  return all.flatMap((mutation) => mutants.get(mutation) ?? []);
}
