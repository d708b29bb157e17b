import { liveViewUnpublished, retiredRelation, untestedUnpublished } from '../diagnostic/catalogue/run.ts';
import { relationId } from '../store/catalog.ts';
import type { PublishPlan, RetiredEntry, WantedEntry } from '../store/publish-plan.ts';
import { type StoreState, shownVersion } from '../store/store-state.ts';
import { blockedNodes, failingTests, isFailure } from './blocked.ts';
import type { ExecutedRun } from './execution.ts';
import { isBuilt } from './plan.ts';
import { entryFor } from './published-entry.ts';
import { readsAsPlanned } from './reads-as-planned.ts';
import type { RunInput } from './run-input.ts';

const DAY_MS = 86_400_000;

/**
 * What a run wants to publish: every node that was built or reused, unless it, or something that it reads in this run,
 * failed or failed a test of error severity, or has not passed one that guards it. With `--publish all` any failure means nothing.
 */
export function wantedPublication(executed: ExecutedRun): PublishPlan {
  const { run, plan, execution, state } = executed;
  const { manifest } = run.dag;
  const failing = failingTests(manifest, execution);
  const blocked = blockedNodes(manifest, plan, execution, failing);
  const untested = blockedNodes(manifest, plan, execution, [...failing, ...unpassedGuards(executed)]);
  for (const [id, { node }] of plan.nodes) {
    if (untested.has(id) && !blocked.has(id)) run.warn(untestedUnpublished({ node }));
  }
  tellHeldBack(executed, blocked);
  const allOrNothing = run.options.publish === 'all';
  const failed = execution.results.some(isFailure) || untested.size > 0;
  const nothing = allOrNothing && failed;
  return {
    runId: run.identity.runId,
    gitCommit: run.gitCommit,
    wanted: nothing ? [] : wantedEntries(executed, untested),
    retired: nothing ? [] : retiredEntries(run, state),
    allOrNothing,
  };
}

/** Says which versions are good as such, and yet nobody will see them. */
function tellHeldBack({ run, plan, execution }: ExecutedRun, blocked: ReadonlySet<string>): void {
  const held = [...plan.nodes].filter(([id]) => blocked.has(id) && execution.versions.has(id));
  if (held.length === 0) return;
  const names = held.map(([, { node }]) => `"${node.name}"`).join(', ');
  const message = `Not published, because a test of them, or of something they are made from, did not pass: ${names}.`;
  run.tell({ kind: 'stage-note', at: run.clock(), message });
}

/** The guards that have not passed, or not over what the run has come to read. */
function unpassedGuards({ plan, execution }: ExecutedRun): readonly string[] {
  return [...plan.guards].flatMap(([id, guard]) => {
    const hasPassed = guard.known !== undefined && readsAsPlanned(guard, plan, execution);
    return hasPassed ? [] : [id];
  });
}

function wantedEntries(
  { run, plan, execution, state, live }: ExecutedRun,
  blocked: ReadonlySet<string>,
): readonly WantedEntry[] {
  const wanted: WantedEntry[] = [];
  for (const [id, { node }] of plan.nodes) {
    const version = execution.versions.get(id);
    if (version === undefined || blocked.has(id)) continue;
    if (live.has(id) && !run.options.publishLive) {
      run.warn(liveViewUnpublished({ node }));
      continue;
    }
    const { dialect } = run.warehouse;
    wanted.push({
      entry: entryFor(dialect, node, version),
      saw: shownVersion(state, dialect, node.relation),
      adopt: run.options.adopt.has(node.name),
    });
  }
  return wanted;
}

/** Published relations whose node is gone: they stay, frozen, until `retire_after`. */
function retiredEntries(run: RunInput, state: StoreState): readonly RetiredEntry[] {
  const { manifest } = run.dag;
  const days = manifest.project.retireAfterDays;
  const built = [...manifest.nodes.values()].filter(isBuilt);
  const present = new Set(built.map(({ relation }) => relationId(run.warehouse.dialect, relation)));
  const retired: RetiredEntry[] = [];
  for (const [id, saw] of state.own.publication?.entries ?? []) {
    if (present.has(id)) continue;
    const { relation, retiredAt } = saw;
    const age = retiredAt === null ? 0 : Date.parse(state.now) - Date.parse(retiredAt);
    const remove = days !== undefined && retiredAt !== null && age >= days * DAY_MS;
    if (!remove) run.warn(retiredRelation({ relation: id, since: retiredAt }));
    retired.push({ relation, saw, remove });
  }
  return retired;
}
