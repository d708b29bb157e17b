import { liveViewUnpublished, retiredRelation } from '../diagnostic/catalogue/run.ts';
import { parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { BuildableNode, ColumnProperties, DataTestNode } from '../manifest/node.ts';
import { entryOf, type PublicationEntry } from '../store/publication.ts';
import type { PublishPlan, RetiredEntry, WantedEntry } from '../store/publish.ts';
import type { StoreState } from '../store/store-state.ts';
import type { Version } from '../store/version.ts';
import type { Execution } from './execute.ts';
import type { Plan } from './plan.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';

const DAY_MS = 86_400_000;

/**
 * What a run wants to publish: every node that was built or reused, unless it, or something that it reads in this run,
 * failed or failed a test of error severity. With `--publish all` any failure means nothing.
 */
export function wantedPublication(
  run: RunInput,
  plan: Plan,
  execution: Execution,
  state: StoreState,
  live: ReadonlySet<string>,
): PublishPlan {
  const blocked = blockedNodes(run, plan, execution);
  const failed = execution.results.some((result) => isFailure(result));
  const nothing = run.options.publish === 'all' && failed;
  return {
    runId: run.identity.runId,
    gitCommit: run.gitCommit,
    wanted: nothing ? [] : wantedEntries(run, plan, execution, state, live, blocked),
    retired: retiredEntries(run, state),
    allOrNothing: run.options.publish === 'all',
  };
}

/** Nodes that must not be published, with everything downstream of them in this run. */
export function blockedNodes(run: RunInput, plan: Plan, execution: Execution): ReadonlySet<string> {
  const blocked = new Set([...plan.nodes.keys()].filter((id) => !execution.versions.has(id)));
  const failedSources = new Set<string>();
  for (const result of execution.results) {
    if (result.resourceType !== 'test' || !isFailure(result)) continue;
    for (const id of answerable(run, plan, result.uniqueId))
      (plan.nodes.has(id) ? blocked : failedSources).add(id);
  }
  for (const [id, { compiled }] of plan.nodes) {
    if (compiled?.reads.some((read) => blocked.has(read) || failedSources.has(read))) blocked.add(id);
  }
  return blocked;
}

/** The nodes whose publication a failing test stops: the one it stands under, else all that it reads. */
function answerable(run: RunInput, plan: Plan, test: string): readonly string[] {
  const node = run.dag.manifest.nodes.get(test) as DataTestNode | undefined;
  const attached = node?.attachedTo;
  if (attached === undefined) return plan.tests.get(test)?.compiled.reads ?? [];
  const attachedNode = run.dag.manifest.nodes.get(attached);
  const answers = plan.nodes.has(attached) || attachedNode?.resourceType === 'source';
  return answers ? [attached] : (plan.tests.get(test)?.compiled.reads ?? []);
}

function wantedEntries(
  run: RunInput,
  plan: Plan,
  execution: Execution,
  state: StoreState,
  live: ReadonlySet<string>,
  blocked: ReadonlySet<string>,
): readonly WantedEntry[] {
  const wanted: WantedEntry[] = [];
  for (const [id, { node, key }] of plan.nodes) {
    const version = execution.versions.get(id);
    if (version === undefined || blocked.has(id)) continue;
    if (live.has(id) && !run.options.publishLive) {
      run.warn(liveViewUnpublished({ node }));
      continue;
    }
    const published = state.own.publication && entryOf(state.own.publication, id);
    const adopt = run.options.adopt.has(node.name);
    wanted.push({
      entry: entryFor(run.warehouse.dialect, node, key, version),
      saw: published?.version ?? null,
      adopt,
    });
  }
  return wanted;
}

function entryFor(
  dialect: Dialect,
  node: BuildableNode,
  key: string,
  version: Version,
): Omit<PublicationEntry, 'retiredAt'> {
  const declared = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  return {
    uniqueId: node.uniqueId,
    relation: node.relation,
    version: version.relation,
    key,
    publish: node.config.publish,
    columns: version.columns.map(({ name, type }) => {
      const properties = declared.get(name.toLowerCase());
      return {
        name,
        type: pinnedType(dialect, properties) ?? type,
        description: properties?.description ?? '',
      };
    }),
    description: node.description,
    grants: node.config.grants['select'] ?? [],
    storage: { sort: node.config.sort, ...(node.config.dist !== undefined && { dist: node.config.dist }) },
  };
}

/** The declared type of a column, which its published relation keeps whatever the query makes of it. */
function pinnedType(dialect: Dialect, column: ColumnProperties | undefined): string | undefined {
  const type = parseColumnType(column?.dataType ?? '');
  return type === undefined ? undefined : dialect.type(type);
}

/** Published relations whose node is gone: they stay, frozen, until `retire_after`. */
function retiredEntries(run: RunInput, state: StoreState): readonly RetiredEntry[] {
  const { manifest } = run.dag;
  const days = manifest.project.retireAfterDays;
  const present = new Set(
    [...manifest.nodes.values()].map((node) =>
      'relation' in node ? `${node.relation.schema}.${node.relation.name}` : '',
    ),
  );
  const retired: RetiredEntry[] = [];
  for (const [id, { relation, retiredAt }] of state.own.publication?.entries ?? []) {
    if (present.has(id)) continue;
    const age = retiredAt === null ? 0 : Date.parse(state.now) - Date.parse(retiredAt);
    const remove = days !== undefined && retiredAt !== null && age >= days * DAY_MS;
    if (!remove) run.warn(retiredRelation({ relation: id, since: retiredAt }));
    retired.push({ relation, remove });
  }
  return retired;
}

function isFailure({ status }: RunResult): boolean {
  return status === 'fail' || status === 'error' || status === 'cancelled' || status === 'skipped';
}
