import type { RunPreparation } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';
import { type BenchRun, runOnBench } from './run-unit-tests.ts';
import { UnitTestBench, unitTestKeysOf } from './unit-test-bench.ts';

/** What a round is about: the project as it is now, compiled. */
export type RoundInput = BenchRun & Pick<RunPreparation, 'models'>;

/** How a unit test ended when it was last run, and the key of what it was then. */
interface Verdict {
  readonly key: string | undefined;
  readonly name: string;
  readonly status: RunStatus;
}

/**
 * Rounds run the unit tests of a project that is being edited. Between them the embedded engine, the columns that were inferred
 * and the verdicts stay, so that a round takes only what changed.
 */
export class UnitTestRounds {
  readonly #bench = UnitTestBench.standing();
  #verdicts: ReadonlyMap<string, Verdict> = new Map();

  /** The tests that are not as they were at their last verdict, or have none. A result that may vary is never a verdict. */
  async changed(input: RoundInput): Promise<RoundInput['unitTests']> {
    const keyOf = await unitTestKeysOf(input);
    const changed = [...input.unitTests].filter(([id, test]) => {
      const key = keyOf(test);
      return key === undefined || key !== this.#verdicts.get(id)?.key;
    });
    return new Map(changed);
  }

  /** Runs these tests of a project, and takes note of how they ended. Throws a `DiagnosticError` when any cannot be run. */
  async run(changed: RoundInput['unitTests'], input: RoundInput): Promise<readonly RunResult[]> {
    const keyOf = await unitTestKeysOf(input);
    await this.#bench.prepare([...changed.values()], input);
    const results = await runOnBench(this.#bench, { ...input, unitTests: changed });
    const ended = results.flatMap(({ uniqueId, name, status }): [string, Verdict][] => {
      const test = changed.get(uniqueId);
      if (test === undefined || status === 'cancelled' || status === 'skipped') return [];
      return [[uniqueId, { key: keyOf(test), name, status }]];
    });
    const earlier = [...this.#verdicts].filter(([id]) => input.unitTests.has(id));
    this.#verdicts = new Map([...earlier, ...ended]);
    return results;
  }

  /** Names of the tests that passed when they were last run, and of the others. */
  standing(): { readonly passing: readonly string[]; readonly failing: readonly string[] } {
    const verdicts = [...this.#verdicts.values()];
    const named = (passes: boolean) =>
      verdicts.filter(({ status }) => (status === 'pass') === passes).map(({ name }) => name);
    return { passing: named(true), failing: named(false) };
  }

  async cancel(): Promise<void> {
    await this.#bench.cancelAll();
  }

  async close(): Promise<void> {
    await this.#bench.close();
  }
}
