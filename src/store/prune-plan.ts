import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { relationId } from './catalog.ts';
import { elapsed } from './clock.ts';
import type { Environment } from './environment.ts';
import type { Publication } from './publication.ts';
import type { RunRecord } from './run-record.ts';
import type { Version } from './version.ts';

/** What an environment holds on to. */
export interface PruneState {
  readonly environment: Environment;
  readonly sequence: number;
  readonly versions: readonly Version[];
  /** Those whose versions are kept, oldest first. */
  readonly publications: readonly Publication[];
  readonly liveRuns: readonly RunRecord[];
}

export interface PrunePlan {
  /** To be dropped, none before a version that was made from it. */
  readonly versions: readonly Relation[];
  /** How many versions of the store stay. */
  readonly kept: number;
}

/**
 * Which versions of an environment's store can go: all that no kept publication shows, no live run is pinned to, and that are
 * older than the time of grace and than every live run, which may have taken what another has built since it planned; nor
 * anything that such a one was made from.
 */
export function planPrune(
  dialect: Dialect,
  request: {
    readonly environment: Environment;
    readonly states: readonly PruneState[];
    readonly graceMs: number;
    readonly now: string;
  },
): PrunePlan {
  const { environment, states } = request;
  const all = states.flatMap((state) => state.versions);
  const dependencies = new Map(
    all.map((version) => [
      relationId(dialect, version.relation),
      version.dependencies.map((dependency) => relationId(dialect, dependency)),
    ]),
  );
  const needed = closure(roots(dialect, all, request), dependencies);
  const own = states.find((state) => state.environment.name === environment.name)?.versions ?? [];
  const doomed = new Map(
    own
      .map((version): [string, Version] => [relationId(dialect, version.relation), version])
      .filter(([id]) => !needed.has(id)),
  );
  return {
    versions: dependentsFirst([...doomed.keys()], dependencies).flatMap(
      (id) => doomed.get(id)?.relation ?? [],
    ),
    kept: own.length - doomed.size,
  };
}

function roots(
  dialect: Dialect,
  all: readonly Version[],
  {
    states,
    graceMs,
    now,
  }: { readonly states: readonly PruneState[]; readonly graceMs: number; readonly now: string },
): Set<string> {
  const liveRuns = states.flatMap((state) => state.liveRuns);
  const isPlanning = liveRuns.some((run) => run.pins === null);
  const young = all.filter(
    ({ builtAt }) =>
      isPlanning ||
      elapsed(builtAt, now) < graceMs ||
      liveRuns.some(({ startedAt }) => elapsed(startedAt, builtAt) >= 0),
  );
  const published = states
    .flatMap((state) => state.publications)
    .flatMap((publication) => [...publication.entries.values()].map((entry) => entry.version));
  const pinned = liveRuns.flatMap((run) => run.pins ?? []);
  return new Set(
    [...published, ...pinned, ...young.map((version) => version.relation)].map((relation) =>
      relationId(dialect, relation),
    ),
  );
}

function closure(
  from: ReadonlySet<string>,
  dependencies: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const reached = new Set(from);
  for (const id of reached) for (const dependency of dependencies.get(id) ?? []) reached.add(dependency);
  return reached;
}

/** A depth-first walk that lists each version behind its dependencies, turned round. */
function dependentsFirst(
  ids: readonly string[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): string[] {
  const visited = new Set<string>();
  const dependenciesFirst: string[] = [];
  const visit = (id: string): void => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const dependency of dependencies.get(id) ?? []) visit(dependency);
    dependenciesFirst.push(id);
  };
  for (const id of ids) visit(id);
  return dependenciesFirst.reverse();
}
