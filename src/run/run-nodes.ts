import { liveViews } from '../compile/live-views.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import type { SourceNode } from '../manifest/node.ts';
import { readSeeds } from '../seed/static-seed.ts';
import { type Environment, environmentOf } from '../store/environment.ts';
import { prepareTable, publish } from '../store/publish.ts';
import { endRun, recordPlan, startHeartbeat, startRun } from '../store/run-record.ts';
import { ensureStore } from '../store/state-tables.ts';
import { isShown, readStoreState, type StoreState } from '../store/store-state.ts';
import { recordVerdicts } from '../store/test-verdict.ts';
import { forgetVersions } from '../store/version.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type ExecuteInput, type Execution, executePlan } from './execute.ts';
import { refuseForeignRelations } from './foreign-relation.ts';
import { type Plan, planRun } from './plan.ts';
import { withRetries } from './retry.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';
import { SessionPool } from './session-pool.ts';
import { readSourceTokens } from './source-token.ts';
import { verdictKey } from './verdict-key.ts';
import { verifyReuse } from './verify-reuse.ts';
import { wantedPublication } from './wanted.ts';

/** How the nodes of a run ended, and what was published. */
export interface NodesOutcome {
  readonly results: readonly RunResult[];
  /** Names of nodes whose published relation changed. */
  readonly published: readonly string[];
  /** SQL that was sent for a node, by unique id. */
  readonly sent: ReadonlyMap<string, string>;
}

/**
 * Builds, tests and publishes a selection: plans from the store's state, works on the plan, publishes what passed in one
 * transaction. Mistakes of the project that only the store shows are thrown before anything is built; failures of nodes
 * are results.
 */
export async function runNodes(input: RunInput): Promise<NodesOutcome> {
  const pool = new SessionPool(input.warehouse);
  const sent = new Map<string, string>();
  const cancel = () => void pool.cancelAll();
  input.signal.addEventListener('abort', cancel, { once: true });
  try {
    const outcome = await runRecorded(input, pool, (id, statements) =>
      sent.set(id, `${statements.join(';\n\n')};\n`),
    );
    return { ...outcome, sent };
  } finally {
    input.signal.removeEventListener('abort', cancel);
    await pool.close();
  }
}

type Sent = ExecuteInput['sent'];
type Outcome = Omit<NodesOutcome, 'sent'>;

async function runRecorded(input: RunInput, pool: SessionPool, sent: Sent): Promise<Outcome> {
  const { identity, gitCommit, options } = input;
  const { dialect } = input.warehouse;
  const { project } = input.dag.manifest;
  const environment = environmentOf(project.target.schema, project.environment);
  const main = await pool.of('main');
  await ensureStore(main, dialect, environment);
  await startRun(main, dialect, environment.store, { ...identity, command: options.command, gitCommit });
  const heartbeat = await startHeartbeat(input.warehouse, environment.store, identity.runId);
  const end = async (status: Ending) => {
    await heartbeat.stop();
    await endRun(main, dialect, environment.store, identity.runId, status);
  };
  try {
    const outcome = await runPlanned(input, pool, sent, main, environment);
    await end(endingOf(input, outcome.results));
    return outcome;
  } catch (error) {
    await end(input.signal.aborted ? 'cancelled' : 'failed').catch(() => undefined);
    throw error;
  }
}

type Ending = Parameters<typeof endRun>[4];

function endingOf({ signal }: RunInput, results: readonly RunResult[]): Ending {
  if (signal.aborted) return 'cancelled';
  if (results.some(({ status }) => status === 'error' || status === 'cancelled')) return 'failed';
  return results.some(({ status }) => status === 'fail') ? 'rejected' : 'succeeded';
}

async function runPlanned(
  input: RunInput,
  pool: SessionPool,
  sent: Sent,
  main: Session,
  environment: Environment,
): Promise<Outcome> {
  const { dialect } = input.warehouse;
  const state = await readState(input, main, environment);
  await withRetries(input.signal, () =>
    forgetVersions(main, dialect, environment.store, lostRelations(state)),
  );
  const live = liveViews(input.dag.manifest);
  const sourceTokens = await readSourceTokens(main, dialect, sourcesOf(input), state.loads);
  const plan = await stage((report) => {
    const planned = planRun({ run: input, state, sourceTokens, live }, report);
    refuseForeignRelations(input, planned, state, report);
    return planned;
  }, input.warn);
  tellInherited(input, plan, state);
  const seedRows = await readSeeds(seedsToBuild(plan), input.warn);
  const pins = pinnedRelations(plan);
  await recordPlan(main, environment.store, input.identity.runId, { tokens: plan.tokens, pins });

  const execution = await executePlan({
    run: input,
    plan,
    pool,
    store: environment.store,
    durations: state.durations,
    seedRows: (id) => mustGet(seedRows, id),
    sent,
  });
  const results = input.options.verifyReuse
    ? await verifyReuse(input, plan, execution, main, environment.store)
    : execution.results;
  await recordTests(input, plan, execution, main, environment);
  if (!input.options.builds || input.signal.aborted) return { results, published: [] };
  const { versions } = execution;
  return publishPassed(input, plan, { versions, results }, state, live, main, environment);
}

/** Says what is not read again, because an earlier run broke off and this one goes on from it. */
function tellInherited({ tell, clock, dag }: RunInput, plan: Plan, state: StoreState): void {
  const inherited = Object.keys(plan.tokens).filter((id) => state.inheritedTokens.has(id));
  if (inherited.length === 0) return;
  const names = inherited.map((id) => dag.manifest.nodes.get(id)?.name ?? id).join(', ');
  const message = `Going on from a run that broke off, with what it read of ${names}; --full-refresh reads anew.`;
  tell({ kind: 'stage-note', at: clock(), message });
}

async function readState(input: RunInput, session: Session, environment: Environment): Promise<StoreState> {
  const { project } = input.dag.manifest;
  const { schema } = project.target;
  const base =
    project.baseEnvironment === undefined ? undefined : environmentOf(schema, project.baseEnvironment);
  const relations = [...input.dag.manifest.nodes.values()].flatMap((node) =>
    'relation' in node ? [node.relation] : [],
  );
  const schemas = [...new Set(relations.map((relation) => relation.schema))];
  return readStoreState(session, input.warehouse.dialect, { environment, base, schema, schemas });
}

async function publishPassed(
  input: RunInput,
  plan: Plan,
  execution: Execution,
  state: StoreState,
  live: ReadonlySet<string>,
  session: Session,
  environment: Environment,
): Promise<Outcome> {
  const { dialect } = input.warehouse;
  const wanted = wantedPublication(input, plan, execution, state, live);
  const names = (ids: readonly string[]) => ids.map((id) => input.dag.manifest.nodes.get(id)?.name ?? id);
  const changed = wanted.wanted.filter(
    ({ entry, saw }) => saw?.name !== entry.version.name || saw.schema !== entry.version.schema,
  );
  const copied = wanted.wanted.filter(
    ({ entry }) => entry.publish === 'table' && !isShown(state, dialect, entry),
  );
  for (const { entry } of copied)
    await withRetries(input.signal, () => prepareTable(session, dialect, entry));
  input.tell({
    kind: 'publish-started',
    at: input.clock(),
    names: names(changed.map(({ entry }) => entry.uniqueId)),
  });
  const outcome = await publish(session, dialect, environment, wanted, input.warn);
  const published = names(outcome.published);
  const sequence = outcome.sequence ?? state.own.sequence;
  input.tell({ kind: 'publish-finished', at: input.clock(), published, sequence });
  const superseded = new Set(outcome.superseded.map(({ uniqueId }) => uniqueId));
  const results = execution.results.map((result) =>
    superseded.has(result.uniqueId) ? supersede(result) : result,
  );
  return { results, published };
}

function supersede(result: RunResult): RunResult {
  return { ...result, status: 'superseded', message: 'Another run published it since this one was planned.' };
}

/** Remembers how tests ended that need not be run again on the same data. */
async function recordTests(
  input: RunInput,
  plan: Plan,
  execution: Execution,
  session: Session,
  environment: Environment,
): Promise<void> {
  const { warehouse, identity } = input;
  const relationOf = (id: string) => execution.versions.get(id)?.relation ?? plan.given.get(id);
  const verdicts = execution.results.flatMap(({ uniqueId, status, cached, failures = 0 }) => {
    const step = plan.tests.get(uniqueId);
    if (step?.cacheable !== true || cached === true || (status !== 'pass' && status !== 'warn')) return [];
    const key = verdictKey(step.compiled, warehouse, plan, relationOf);
    return [{ key, uniqueId, runId: identity.runId, verdict: status, failures }];
  });
  if (verdicts.length > 0) await recordVerdicts(session, warehouse.dialect, environment.store, verdicts);
}

function lostRelations({ own }: StoreState) {
  return own.lost.map(({ relation }) => relation);
}

function sourcesOf(input: RunInput): readonly SourceNode[] {
  const { models, dataTests, guards } = input;
  const all = [...models.values(), ...dataTests.values(), ...guards.values()];
  const reads = all.flatMap((compiled) => compiled.reads);
  return [...new Set(reads)].flatMap((id) => {
    const node = input.dag.manifest.nodes.get(id);
    return node?.resourceType === 'source' ? [node] : [];
  });
}

function seedsToBuild(plan: Plan) {
  return [...plan.nodes.values()].flatMap(({ kind, node }) =>
    kind === 'build' && node.resourceType === 'seed' ? [node] : [],
  );
}

function pinnedRelations(plan: Plan) {
  const reused = [...plan.nodes.values()].flatMap((step) =>
    step.kind === 'reuse' ? [step.version.relation] : [],
  );
  return [...reused, ...plan.given.values()];
}

function mustGet<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`This is a bug: nothing is known of "${key}".`);
  return value;
}
