import { fleetingViews } from '../compile/fleeting-views.ts';
import { liveViews } from '../compile/live-views.ts';
import { counted } from '../diagnostic/counted.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import type { SourceNode } from '../manifest/node.ts';
import { readSeeds } from '../seed/static-seed.ts';
import { readDependentViews } from '../store/dependent-views.ts';
import { refuseWhileDropped } from '../store/drop-environment.ts';
import { type Environment, environmentOf } from '../store/environment.ts';
import { endRun, recordPlan, startHeartbeat, startRun } from '../store/run-record.ts';
import { ensureStore } from '../store/state-tables.ts';
import { readStoreState, type StoreState } from '../store/store-state.ts';
import { forgetVersions } from '../store/version.ts';
import { whilePassing, withRetries } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { executePlan } from './execute.ts';
import type { ExecuteInput } from './execution.ts';
import { refuseForeignRelations } from './foreign-relation.ts';
import { forgetKnownPasses } from './forget-known-passes.ts';
import { inheritedTables } from './inherited-tables.ts';
import { isBuilt, type Plan } from './plan.ts';
import { type PlanInput, planRun } from './plan-run.ts';
import { refuseObstacles } from './publish-obstacles.ts';
import { publishPassed } from './publish-passed.ts';
import { recordTests } from './record-tests.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';
import { type SessionPool, withSessionPool } from './session-pool.ts';
import { readSourceTokens } from './source-token.ts';
import { sourcesBehind } from './sources-behind.ts';
import { unitTestKeysOf, withUnitTestBench } from './unit-test-bench.ts';
import { refuseUnknownColumns } from './unknown-columns.ts';
import { verifyReuse } from './verify-reuse.ts';
import { withViewsAbove } from './with-views-above.ts';

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
  const { target, environment: name } = input.dag.manifest.project;
  const sent = new Map<string, string>();
  return withSessionPool(input, async (pool) => {
    const main = await pool.of('main');
    main.label({ run: input.identity.runId });
    const outcome = await runRecorded({
      run: input,
      pool,
      main,
      environment: environmentOf(target.schema, name),
      sent: (id, statements) => sent.set(id, `${statements.join(';\n\n')};\n`),
    });
    return { ...outcome, sent };
  });
}

/** A run with its store open; `main` does all that is not a node's own work. */
interface OpenRun {
  readonly run: RunInput;
  readonly pool: SessionPool;
  readonly main: Session;
  readonly environment: Environment;
  readonly sent: ExecuteInput['sent'];
}

type Outcome = Omit<NodesOutcome, 'sent'>;

async function runRecorded(open: OpenRun): Promise<Outcome> {
  const { run, main, environment } = open;
  const { identity, gitCommit, options } = run;
  const { dialect } = run.warehouse;
  await ensureStore(main, dialect, environment);
  const begun = { ...identity, command: options.command, gitCommit };
  await withRetries(run.signal, () => startRun(main, dialect, environment.store, begun));
  const heartbeat = await startHeartbeat(run.warehouse, environment.store, identity.runId);
  const end = async (status: Ending) => {
    await heartbeat.stop();
    await whilePassing(() => endRun(main, dialect, environment.store, identity.runId, status));
  };
  try {
    const outcome = await runPlanned(open);
    await end(endingOf(run, outcome.results));
    return outcome;
  } catch (error) {
    await end(run.signal.aborted ? 'cancelled' : 'failed').catch(() => undefined);
    throw error;
  }
}

type Ending = Parameters<typeof endRun>[4];

function endingOf({ signal }: RunInput, results: readonly RunResult[]): Ending {
  if (signal.aborted) return 'cancelled';
  if (results.some(({ status }) => status === 'error' || status === 'cancelled')) return 'failed';
  return results.some(({ status }) => status === 'fail') ? 'rejected' : 'succeeded';
}

async function runPlanned(open: OpenRun): Promise<Outcome> {
  const { run, pool, main, environment, sent } = open;
  const { store } = environment;
  const planInput = await readPlanInput(open);
  const { state } = planInput;
  const plan = await stage(async (report) => {
    const planned = planRun(planInput, report);
    refuseForeignRelations(run, planned, state, report);
    await refuseUnknownColumns(run, planned, report);
    if (run.options.builds) await refuseObstacles(planInput, planned, { session: main, store }, report);
    return planned;
  }, run.warn);
  tellInherited(planInput, plan);
  tellLeftOut(run, plan);
  const staticSeeds = await readSeeds(seedsToBuild(plan), run.warn);
  const seedRows = (id: string) => mustGet(staticSeeds, id);
  const recorded = { tokens: plan.tokens, pins: pinnedRelations(plan) };
  await withRetries(run.signal, () => recordPlan(main, store, run.identity.runId, recorded));

  const execution = await withUnitTestBench(run, unitTestsToRun(plan), (bench) =>
    executePlan({ ...planInput, plan, pool, bench, store, seedRows, sent }),
  );
  const executed = { ...planInput, plan, execution };
  const verifies = run.options.verifyReuse && !run.signal.aborted;
  const results = verifies ? await verifyReuse(executed, main, store) : execution.results;
  await recordTests(executed, main, store);
  const { versions, standIns, moved } = execution;
  const ended = { ...executed, execution: { results, versions, standIns, moved } };
  const publishes = run.options.builds && !run.signal.aborted;
  const outcome = publishes ? await publishPassed(ended, main, environment) : { results, published: [] };
  if (!run.signal.aborted) await forgetKnownPasses(ended, main);
  return outcome;
}

async function readPlanInput({ run, main, environment }: OpenRun): Promise<PlanInput> {
  const { dialect } = run.warehouse;
  const state = await readState(run, main, environment);
  refuseWhileDropped(state, dialect, run.identity.process);
  const lost = state.own.lost.map(({ relation }) => relation);
  await withRetries(run.signal, () => forgetVersions(main, dialect, environment.store, lost));
  const live = liveViews(run.dag.manifest);
  const fleeting = fleetingViews(run.dag, withViewsAbove(run.dag, run.selection), run.models);
  const sourceTokens = await readSourceTokens(main, dialect, sourcesOf(run, live), state.loads);
  const unitTestKey = await unitTestKeysOf(run);
  const built = [...run.dag.manifest.nodes.values()].filter(isBuilt);
  const published = run.options.builds ? built.map(({ relation }) => relation.schema) : [];
  const dependents = await readDependentViews(main, dialect, published);
  return { run, state, sourceTokens, live, fleeting, dependents, unitTestKey };
}

/** Says what is not read again, because an earlier run broke off and this one goes on from it. */
function tellInherited(input: PlanInput, plan: Plan): void {
  const { tell, clock } = input.run;
  const tables = inheritedTables(input, plan, input.state);
  if (tables.length === 0) return;
  const message = `Going on from a run that broke off, with the rows that it read for ${tables.join(', ')}; --full-refresh reads anew.`;
  tell({ kind: 'stage-note', at: clock(), message });
}

/** Says, once for each live view, that tests are left out which read it. */
function tellLeftOut({ tell, clock }: RunInput, { leftOut }: Plan): void {
  const views = [...leftOut.values()].map(({ name }) => name);
  for (const view of new Set(views)) {
    const tests = counted(views.filter((name) => name === view).length, 'test');
    const message = `Left out ${tests} of the live view "${view}", which is not published; model build tests it.`;
    tell({ kind: 'stage-note', at: clock(), message });
  }
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

function sourcesOf(input: RunInput, live: ReadonlySet<string>): readonly SourceNode[] {
  const { models, dataTests, guards, dag } = input;
  const readers = [...models.keys(), ...dataTests.keys(), ...guards.keys()];
  return [...new Map(readers.flatMap((id) => [...sourcesBehind(dag, live, id)])).values()];
}

function seedsToBuild(plan: Plan) {
  return [...plan.nodes.values()].flatMap(({ kind, node }) =>
    kind === 'build' && node.resourceType === 'seed' ? [node] : [],
  );
}

function unitTestsToRun({ unitTests }: Plan) {
  return [...unitTests.values()].flatMap(({ compiled, known }) => (known ? [] : [compiled]));
}

function pinnedRelations(plan: Plan) {
  const reused = [...plan.nodes.values()].flatMap((step) =>
    step.kind === 'reuse' ? [step.version.relation] : [],
  );
  const standIns = [...plan.continuing.values()].flatMap((standIn) => standIn?.relation ?? []);
  return [...reused, ...plan.given.values(), ...standIns];
}

function mustGet<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`This is a bug: nothing is known of "${key}".`);
  return value;
}
