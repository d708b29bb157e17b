import { counted } from '../diagnostic/counted.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import type { CompiledUnitTest } from '../unit-test/compile-unit-tests.ts';
import type { Difference } from '../unit-test/difference.ts';
import { modelCompiler } from '../unit-test/model-compiler.ts';
import { type PreparedUnitTest, prepareUnitTests } from '../unit-test/prepare-unit-tests.ts';
import { runUnitTest } from '../unit-test/run-unit-test.ts';
import { shapeKeys, unitTestKeys } from '../unit-test/unit-test-key.ts';
import { embeddedEngineVersion, openInMemory } from '../warehouse/open.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { RunInput } from './run-input.ts';
import { SessionPool } from './session-pool.ts';
import type { TaskResult } from './task-attempt.ts';

/** What tests are prepared from. */
type BenchInput = Pick<RunInput, 'dag' | 'models' | 'warn'>;

/** A bench is an embedded engine of its own with unit tests ready to run on it; it is opened with the first of them. */
export class UnitTestBench {
  /** The keys of the columns that are kept from one preparation to the next; undefined on a bench for one. */
  readonly #kept: Map<string, string> | undefined;
  #engine: { readonly warehouse: Warehouse; readonly pool: SessionPool } | undefined;
  #tests: ReadonlyMap<string, PreparedUnitTest> = new Map();

  private constructor(kept?: Map<string, string>) {
    this.#kept = kept;
  }

  /** Prepares tests; throws a `DiagnosticError` with all that is wrong with any of them. Without tests nothing is opened. */
  static async open(tests: readonly CompiledUnitTest[], input: BenchInput): Promise<UnitTestBench> {
    const bench = new UnitTestBench();
    try {
      await bench.prepare(tests, input);
      return bench;
    } catch (error) {
      await bench.close();
      throw error;
    }
  }

  /** A bench that stays, for a project that changes: each preparation infers only columns that are not known from the last. */
  static standing(): UnitTestBench {
    return new UnitTestBench(new Map());
  }

  /** Prepares tests in the place of earlier ones; throws a `DiagnosticError` with all that is wrong with any of them. */
  async prepare(tests: readonly CompiledUnitTest[], { dag, models, warn }: BenchInput): Promise<void> {
    this.#tests = new Map();
    if (tests.length === 0) return;
    const { warehouse, pool } = this.#engine ?? (await this.#openEngine());
    const { manifest } = dag;
    const compiler = modelCompiler(manifest, models);
    const preparation = {
      manifest,
      compiler,
      dialect: warehouse.dialect,
      session: await pool.of('main'),
      ...(this.#kept && { kept: { keys: this.#kept, keyOf: shapeKeys(manifest, compiler) } }),
    };
    this.#tests = await stage((report) => prepareUnitTests(tests, preparation, report), warn);
  }

  async #openEngine() {
    const warehouse = await openInMemory();
    this.#engine = { warehouse, pool: new SessionPool(warehouse) };
    return this.#engine;
  }

  /** Runs a test on the session of a thread. */
  async run(id: string, thread: number): Promise<TaskResult> {
    const test = this.#tests.get(id);
    if (test === undefined || this.#engine === undefined)
      throw new Error(`This is a bug: "${id}" is not prepared.`);
    const { warehouse, pool } = this.#engine;
    const difference = await runUnitTest(test, await pool.of(thread), warehouse.dialect);
    if (difference === undefined) return { status: 'pass', failures: 0 };
    const failures = difference.rows.length;
    return { status: 'fail', failures, message: differenceSentence(difference), difference };
  }

  async cancelAll(): Promise<void> {
    await this.#engine?.pool.cancelAll();
  }

  async close(): Promise<void> {
    await this.#engine?.warehouse.close();
  }
}

/** Opens a bench for some work, and closes it behind that. A run that ends before is cancelled on the bench too. */
export async function withUnitTestBench<T>(
  input: Pick<RunInput, 'dag' | 'models' | 'warn' | 'signal'>,
  tests: readonly CompiledUnitTest[],
  work: (bench: UnitTestBench) => Promise<T>,
): Promise<T> {
  const bench = await UnitTestBench.open(tests, input);
  const cancel = () => void bench.cancelAll();
  input.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work(bench);
  } finally {
    input.signal.removeEventListener('abort', cancel);
    await bench.close();
  }
}

/** The keys of the verdicts of a run's unit tests. */
export async function unitTestKeysOf({
  dag,
  models,
  unitTests,
}: Pick<RunInput, 'dag' | 'models' | 'unitTests'>): Promise<ReturnType<typeof unitTestKeys>> {
  if (unitTests.size === 0) return () => undefined;
  const { manifest } = dag;
  return unitTestKeys(manifest, modelCompiler(manifest, models), await embeddedEngineVersion());
}

/** `1 row missing, 2 rows changed; 5 are as expected.` */
function differenceSentence({ rows, matched }: Difference): string {
  const kinds = ['missing', 'unexpected', 'changed'] as const;
  const told = kinds.flatMap((kind) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return count === 0 ? [] : [`${counted(count, 'row')} ${kind}`];
  });
  return `${told.join(', ')}; ${matched} as expected.`;
}
