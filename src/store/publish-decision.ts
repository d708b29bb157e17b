import type { Dialect } from '../dialect/dialect.ts';
import { type RelationCatalog, relationId } from './catalog.ts';
import {
  isSameEntry,
  type Publication,
  type PublicationChange,
  type PublicationEntry,
  type RecordedEntry,
} from './publication.ts';
import type { PublishPlan, RetiredEntry, Superseded, WantedEntry } from './publish-plan.ts';

/** What a plan comes to against what is published now: the whole next publication, and the steps that lead there. */
export interface PublishDecision {
  readonly entries: readonly RecordedEntry[];
  readonly steps: readonly PublishStep[];
  readonly unchanged: readonly string[];
  readonly superseded: readonly Superseded[];
}

/** One relation that changes: from what, to what; undefined is absence. */
export interface PublishStep {
  /** Of the published relation (see relationId). */
  readonly id: string;
  readonly before: PublicationEntry | undefined;
  readonly after: PublicationEntry | undefined;
  readonly change: PublicationChange;
  readonly adopt: boolean;
}

/**
 * Compares a plan with what is published now, entry by entry. An entry that shows another version than the plan saw is
 * superseded, unless it shows the wanted one already. A published relation that the catalog misses is made again.
 */
export function decidePublish(
  dialect: Dialect,
  plan: PublishPlan,
  current: Publication | undefined,
  catalog: RelationCatalog,
  now: string,
): PublishDecision {
  const before = current?.entries ?? new Map<string, PublicationEntry>();
  const steps = new Map<string, PublishStep>();
  const unchanged: string[] = [];
  const superseded: Superseded[] = [];
  for (const wanted of plan.wanted) {
    const id = relationId(dialect, wanted.entry.relation);
    const shown = before.get(id);
    const after = { ...wanted.entry, retiredAt: wanted.entry.retiredAt ?? null };
    if (!shows(dialect, shown, wanted)) {
      const { uniqueId, relation } = wanted.entry;
      superseded.push({ uniqueId, relation, shows: shown?.version ?? null });
    } else if (
      shown !== undefined &&
      isSameEntry(shown, after) &&
      catalog.find(shown.relation)?.kind === shown.publish
    ) {
      unchanged.push(after.uniqueId);
    } else {
      steps.set(id, { id, before: shown, after, change: shown ? 'changed' : 'added', adopt: wanted.adopt });
    }
  }
  const blocked = plan.allOrNothing && superseded.length > 0;
  if (blocked) steps.clear();
  else for (const [id, step] of retirements(dialect, plan, before, now)) steps.set(id, step);
  return { entries: recorded(before, steps), steps: [...steps.values()], unchanged, superseded };
}

function shows(dialect: Dialect, shown: PublicationEntry | undefined, { entry, saw }: WantedEntry): boolean {
  const id = shown === undefined ? null : relationId(dialect, shown.version);
  return id === relationId(dialect, entry.version) || id === (saw === null ? null : relationId(dialect, saw));
}

function retirements(
  dialect: Dialect,
  plan: PublishPlan,
  before: ReadonlyMap<string, PublicationEntry>,
  now: string,
): Map<string, PublishStep> {
  const wanted = new Set(plan.wanted.map(({ entry }) => relationId(dialect, entry.relation)));
  const steps = new Map<string, PublishStep>();
  for (const { relation, saw, remove } of plan.retired) {
    const id = relationId(dialect, relation);
    const shown = before.get(id);
    if (shown === undefined || wanted.has(id) || !isStill(dialect, shown, saw)) continue;
    if (remove) steps.set(id, { id, before: shown, after: undefined, change: 'removed', adopt: false });
    else if (shown.retiredAt === null) {
      steps.set(id, {
        id,
        before: shown,
        after: { ...shown, retiredAt: now },
        change: 'retired',
        adopt: false,
      });
    }
  }
  return steps;
}

/** Whether nobody has published a retired relation since it was seen. */
function isStill(dialect: Dialect, shown: PublicationEntry, saw: RetiredEntry['saw']): boolean {
  const isSameVersion = relationId(dialect, shown.version) === relationId(dialect, saw.version);
  return isSameVersion && (shown.retiredAt === null) === (saw.retiredAt === null);
}

function recorded(
  before: ReadonlyMap<string, PublicationEntry>,
  steps: ReadonlyMap<string, PublishStep>,
): RecordedEntry[] {
  const kept = [...before].flatMap(([id, entry]): RecordedEntry[] =>
    steps.has(id) ? [] : [{ entry, change: 'kept' }],
  );
  const changed = [...steps.values()].flatMap(({ before: shown, after, change }): RecordedEntry[] => {
    const entry = after ?? shown;
    return entry === undefined ? [] : [{ entry, change }];
  });
  return [...kept, ...changed];
}
