import { movedWhileTested } from '../diagnostic/catalogue/run.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { SourceNode } from '../manifest/node.ts';
import { readRelations } from '../store/catalog.ts';
import { loadStore } from '../store/environment.ts';
import { readLoads } from '../store/load-record.ts';
import { LOAD, stateRelation } from '../store/state-table.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import { readSourceTokens } from './source-token.ts';
import { sourcesBehind } from './sources-behind.ts';

/** A source that has moved more often than this while a run was at work does not come to rest. */
const MOST_MOVES = 2;

/** Tokens that sources had, by unique id. */
type ExpectedTokens = ReadonlyMap<string, string>;

/**
 * Follows the sources of a run, which others may load while it is at work: nothing must be left under the key of rows that it
 * was not made from. A source that does not come to rest counts as one without a token, whose rows are never reused.
 */
export class SourceWatch {
  /** Unique ids of the sources that have moved. */
  readonly moved = new Set<string>();
  readonly #input: PlanInput & { readonly plan: Plan };
  readonly #tellMove: (source: string, token: string) => void;
  readonly #tokens = new Map<string, string>();
  readonly #moves = new Map<string, number>();

  /** `tellMove` is told of each source with another token than before. */
  constructor(input: PlanInput & { readonly plan: Plan }, tellMove: (source: string, token: string) => void) {
    this.#input = input;
    this.#tellMove = tellMove;
  }

  /**
   * Builds a node, and again where others changed the sources behind it before they were read: under the key of what is there
   * then. `build` asks for the key at once, and calls `check` once all is read, before anything of it is kept.
   */
  async whileMoving<T>(
    uniqueId: string,
    session: Session,
    build: (check: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const expected = this.#expectedBy(uniqueId);
      try {
        return await build(() => this.#check(session, expected));
      } catch (error) {
        if (!(error instanceof SourceMoved)) throw error;
      }
    }
  }

  /** Throws a DiagnosticError where a source behind a test is no longer what nodes were last seen to be built of. */
  async refuseMoves(test: string, session: Session): Promise<void> {
    const { run } = this.#input;
    const changed = await changedTokens(session, this.#input, this.#expectedBy(test));
    const sources = [...changed.keys()].map((id) => run.dag.manifest.nodes.get(id)?.name ?? id);
    if (sources.length > 0) throw new DiagnosticError([movedWhileTested({ sources })]);
  }

  #expectedBy(uniqueId: string): ExpectedTokens {
    const { run, live, plan } = this.#input;
    if (live.has(uniqueId)) return new Map();
    const ids = [...sourcesBehind(run.dag, live, uniqueId).keys()].filter((id) => this.#isWatched(id));
    return new Map(ids.map((id) => [id, this.#tokens.get(id) ?? plan.sourceTokens.get(id) ?? '']));
  }

  async #check(session: Session, expected: ExpectedTokens): Promise<void> {
    const changed = await changedTokens(session, this.#input, expected);
    for (const [id, token] of changed) this.#move(id, token);
    if (changed.size > 0) throw new SourceMoved();
  }

  #isWatched(source: string): boolean {
    return hasToken(this.#input.plan, source) && (this.#moves.get(source) ?? 0) <= MOST_MOVES;
  }

  #move(source: string, token: string): void {
    // Two builds at once may find the same.
    if (this.#tokens.get(source) === token || !this.#isWatched(source)) return;
    this.#moves.set(source, (this.#moves.get(source) ?? 0) + 1);
    this.#tokens.set(source, token);
    this.moved.add(source);
    this.#tellMove(source, this.#isWatched(source) ? token : this.#input.run.identity.runId);
  }
}

/** Of some sources, those that others have changed since the run was planned. */
export async function movedSources(
  session: Session,
  input: Pick<PlanInput, 'run' | 'state'> & { readonly plan: Plan },
  sources: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const { plan } = input;
  const watched = [...new Set(sources)].filter((id) => hasToken(plan, id));
  const planned = new Map(watched.map((id) => [id, plan.sourceTokens.get(id) ?? '']));
  return new Set((await changedTokens(session, input, planned)).keys());
}

/** Of tokens that were read before, by unique ids of sources, those that are others by now. */
async function changedTokens(
  session: Session,
  { run, state }: Pick<PlanInput, 'run' | 'state'>,
  expected: ExpectedTokens,
): Promise<ReadonlyMap<string, string>> {
  if (expected.size === 0) return new Map();
  const { dialect } = run.warehouse;
  const sources = [...expected.keys()].flatMap((id): SourceNode[] => {
    const node = run.dag.manifest.nodes.get(id);
    return node?.resourceType === 'source' ? [node] : [];
  });
  const landed = sources.flatMap((source) => source.landed ?? []);
  const loads = landed.length === 0 ? [] : await readLoadsNow(session, { run, state }, landed);
  const tokens = await readSourceTokens(session, dialect, sources, loads);
  return new Map([...tokens].filter(([id, token]) => token !== expected.get(id)));
}

/** Whether a source has a token of its own; one without has the run's, or that of a run which this one goes on from. */
function hasToken({ sourceTokens, tokens }: Plan, source: string): boolean {
  return sourceTokens.has(source) && tokens[source] === undefined;
}

async function readLoadsNow(
  session: Session,
  { run, state }: Pick<PlanInput, 'run' | 'state'>,
  tables: readonly string[],
) {
  const store = loadStore(run.dag.manifest.project.target.schema);
  const table = stateRelation(store, LOAD);
  const isThere = async () => (await readRelations(session, run.warehouse.dialect, [store])).find(table);
  if (state.catalog.find(table) === undefined && (await isThere()) === undefined) return [];
  return readLoads(session, store, tables);
}

/** A build has read other rows than its key says: it is rolled back. */
class SourceMoved extends Error {
  override readonly name = 'SourceMoved';
}
