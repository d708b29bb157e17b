import type { Landing } from '../landing/landing.ts';
import { openLanding } from '../landing/open-landing.ts';
import type { LandingPlace } from '../project/project.ts';
import { CsvWriter } from './csv-writer.ts';
import { generateBatch } from './generate-batch.ts';
import { type SeedContext, type SeedOptions, seedContext } from './seed-context.ts';
import { type LoadedSeed, loadSeedModule, preparedState, type SeedModule } from './seed-module.ts';

/** What a generator needs to know before its first batch; travels to worker threads. */
export interface GeneratorSetup {
  readonly modules: readonly SeedModule[];
  readonly options: SeedOptions;
  readonly landing: LandingPlace;
}

/** One partition to generate; `inputs` goes into its manifest. */
export interface GeneratorTask {
  readonly table: string;
  readonly partition: string;
  readonly inputs: string;
}

/** What a task wrote. */
export interface GeneratorOutput {
  readonly rows: number;
  readonly csvBytes: number;
}

/** A generator does tasks one after the other; modules and their prepared states are kept from task to task. */
export class Generator {
  readonly #setup: GeneratorSetup;
  readonly #context: SeedContext;
  readonly #seeds = new Map<string, Promise<PreparedSeed>>();
  readonly #writer = new CsvWriter();
  #landing: Landing | undefined;

  constructor(setup: GeneratorSetup) {
    this.#setup = setup;
    this.#context = seedContext(setup.options);
  }

  async run(task: GeneratorTask): Promise<GeneratorOutput> {
    this.#landing ??= await openLanding(this.#setup.landing);
    const { seed, state } = await this.#prepared(task.table);
    const { manifest, csvBytes } = await generateBatch(
      this.#landing,
      seed,
      { ...task, state },
      this.#context,
      this.#writer,
    );
    return { rows: manifest.entries.reduce((sum, entry) => sum + entry.rows, 0), csvBytes };
  }

  #prepared(table: string): Promise<PreparedSeed> {
    let prepared = this.#seeds.get(table);
    if (prepared === undefined) {
      prepared = this.#prepare(table);
      this.#seeds.set(table, prepared);
    }
    return prepared;
  }

  async #prepare(table: string): Promise<PreparedSeed> {
    const module = this.#setup.modules.find((candidate) => candidate.table === table);
    if (module === undefined) throw new Error(`no seed module for ${table}`);
    const seed = await loadSeedModule(module);
    return { seed, state: await preparedState(seed, this.#context) };
  }
}

interface PreparedSeed {
  readonly seed: LoadedSeed;
  readonly state: unknown;
}
