import { type Report, stage } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { modelCompiler } from '../unit-test/model-compiler.ts';
import { type PreparedUnitTest, prepareUnitTests } from '../unit-test/prepare-unit-tests.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { MutantBench } from './mutant-bench.ts';
import type { DownstreamTest, MutationSources, MutationSubject } from './mutation-subject.ts';
import { type UnitTestMutants, unitTestMutants } from './unit-test-mutants.ts';

/** The tests that pass on a model as it is: those that a mutant can make fail. */
export interface SoundTests {
  readonly unitTests: readonly { readonly name: string; readonly mutants: UnitTestMutants }[];
  readonly dataTests: readonly DownstreamTest[];
  /** Names of tests that are left out, because they fail already. */
  readonly failing: readonly string[];
  /** How long the model's rows took to make, in milliseconds. */
  readonly making: number;
}

/** What the tests of a model are made ready with. */
export interface Preparing {
  readonly embedded: Warehouse;
  readonly manifest: Manifest;
  readonly models: MutationSources['models'];
  readonly warn: Report;
}

/** Makes the tests of a model ready, and runs each once on the model itself. */
export async function soundTests(
  subject: MutationSubject,
  bench: MutantBench,
  preparing: Preparing,
): Promise<SoundTests> {
  const { model } = subject;
  const failing: string[] = [];
  const unitTests: { name: string; mutants: UnitTestMutants }[] = [];
  for (const test of await prepared(subject, preparing)) {
    const { name } = test.node;
    if (await bench.unitTestFails(test)) failing.push(name);
    else unitTests.push({ name, mutants: unitTestMutants(test, model, preparing.embedded.dialect) });
  }
  const began = performance.now();
  await bench.make(model.sql);
  const making = performance.now() - began;
  const dataTests: DownstreamTest[] = [];
  for (const test of subject.dataTests) {
    if (await bench.dataTestFails(test)) failing.push(test.compiled.node.name);
    else dataTests.push(test);
  }
  await bench.clear();
  return { unitTests, dataTests, failing, making };
}

async function prepared(
  { unitTests }: MutationSubject,
  { embedded, manifest, models, warn }: Preparing,
): Promise<Iterable<PreparedUnitTest>> {
  if (unitTests.length === 0) return [];
  const session = await embedded.open();
  try {
    const preparation = {
      manifest,
      compiler: modelCompiler(manifest, models),
      session,
      dialect: embedded.dialect,
    };
    const ready = await stage((report) => prepareUnitTests(unitTests, preparation, report), warn);
    return [...ready.values()];
  } finally {
    await session.close();
  }
}
