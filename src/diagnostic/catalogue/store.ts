import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../suggestion.ts';

/** A refusal of the store: it has no place in a file. */
function refusal(code: string, message: string, hint: string): Diagnostic {
  return { code, severity: 'error', message, hint };
}

export function newerStore(versions: {
  readonly store: string;
  readonly found: number;
  readonly known: number;
}) {
  const { store, found, known } = versions;
  return refusal(
    'STO-001',
    `The store "${store}" was written by a newer modelwright: its tables have version ${found}, this one knows ${known}.`,
    'Install the newer modelwright; nothing was changed.',
  );
}

export function unknownEnvironment(unknown: {
  readonly name: string;
  readonly candidates: readonly string[];
}) {
  const { name, candidates } = unknown;
  return refusal(
    'STO-002',
    `There is no environment "${name}".`,
    didYouMean(name, candidates) ?? `There are: ${candidates.join(', ') || 'none yet'}.`,
  );
}

export function defaultEnvironmentKept(): Diagnostic {
  return refusal(
    'STO-003',
    'The default environment is what people read; it is not dropped without --force.',
    'Add --force if you mean it.',
  );
}

export function environmentInUse({
  name,
  users,
}: {
  readonly name: string;
  readonly users: readonly string[];
}) {
  return refusal(
    'STO-004',
    `Environment "${name}" is not dropped: ${users.join(', ')} shows versions of its store.`,
    'Drop or rebuild those environments first.',
  );
}

export function foreignRelation(foreign: {
  readonly relation: string;
  readonly kind: string;
  readonly node: string;
}) {
  const { relation, kind, node } = foreign;
  return refusal(
    'STO-005',
    `${node} cannot be published: "${relation}" is a ${kind} that modelwright did not make.`,
    `Rename it, or let it be replaced with --adopt. If modelwright did make it and its state was lost, run "model store repair".`,
  );
}

export function versionVanished({ version, node }: { readonly version: string; readonly node: string }) {
  return refusal(
    'STO-006',
    `${node} cannot be published: its version "${version}" was dropped in the meantime.`,
    'Run the command again; it is built anew.',
  );
}

export function nothingToRollBackTo({ environment }: { readonly environment: string }): Diagnostic {
  return refusal(
    'STO-007',
    `Environment "${environment}" has no earlier publication to go back to.`,
    'See "model history".',
  );
}

export function unknownPublication(unknown: { readonly sequence: number; readonly environment: string }) {
  const { sequence, environment } = unknown;
  return refusal(
    'STO-008',
    `Environment "${environment}" has no publication ${sequence} to go back to.`,
    'See "model history".',
  );
}

export function rollbackPruned(pruned: { readonly sequence: number; readonly versions: readonly string[] }) {
  const { sequence, versions } = pruned;
  return refusal(
    'STO-009',
    `Publication ${sequence} cannot be shown again: ${versions.length} of its versions have been pruned: ${versions.join(', ')}.`,
    'Check out the commit of that publication and run "model build"; "model history" shows it.',
  );
}

export function rollbackOutrun({ environment }: { readonly environment: string }): Diagnostic {
  return refusal(
    'STO-010',
    `Environment "${environment}" was published by another run during the rollback; nothing was changed.`,
    'See "model history", and run the rollback again if you still want it.',
  );
}

export function environmentUnreadable(unreadable: { readonly environment: string; readonly reason: string }) {
  const { environment, reason } = unreadable;
  return refusal(
    'STO-011',
    `Nothing was pruned: the state of environment "${environment}" cannot be read, and it may show any version. ${reason}`,
    'Run "model store repair" there, or drop the environment.',
  );
}

export function viewsInTheWay(dependents: {
  readonly node: string;
  readonly relation: string;
  readonly views: readonly string[];
}) {
  const { node, relation, views } = dependents;
  const [stand, them] = views.length === 1 ? ['stands', 'it'] : ['stand', 'them'];
  return refusal(
    'STO-013',
    `${node} cannot be published: ${views.join(', ')} ${stand} on "${relation}", which would be replaced.`,
    `Drop ${them} and create ${them} again after the build. With "publish: view" and unchanged columns such views stay.`,
  );
}

export function unknownGrantee(unknown: {
  readonly grantee: string;
  readonly nodes: readonly string[];
  readonly candidates: readonly string[];
}) {
  const { grantee, nodes, candidates } = unknown;
  return refusal(
    'STO-014',
    `${nodes.join(', ')} cannot be granted to "${grantee}": the warehouse knows no such user, group or role.`,
    didYouMean(grantee, candidates) ??
      'Create it, take it out of the grants, or set `grants: false` on this target.',
  );
}

/** What prune was to drop, and could not. */
export function dropRefused({
  relation,
  reason,
}: {
  readonly relation: string;
  readonly reason: string;
}): Diagnostic {
  return {
    code: 'STO-017',
    severity: 'warning',
    message: `"${relation}" could not be dropped: ${reason}`,
    hint: 'It stays, and the others were pruned. Run "model prune" again once nothing stands on it.',
  };
}

export function environmentAtWork({
  name,
  runs,
}: {
  readonly name: string;
  readonly runs: readonly string[];
}) {
  return refusal(
    'STO-018',
    `Environment "${name}" is not dropped: ${runs.join(', ')} is at work with it.`,
    'Wait with --wait until it is over, or stop it. A run that was killed is known to be dead after a minute at most.',
  );
}

export function viewsOnEnvironment({
  name,
  views,
}: {
  readonly name: string;
  readonly views: readonly string[];
}) {
  const [stand, them] = views.length === 1 ? ['stands', 'it'] : ['stand', 'them'];
  return refusal(
    'STO-019',
    `Environment "${name}" is not dropped: ${views.join(', ')} ${stand} on its relations.`,
    `Drop ${them} first.`,
  );
}

export function environmentBeingDropped({ name }: { readonly name: string }) {
  return refusal(
    'STO-020',
    `Environment "${name}" is being dropped.`,
    'Run the command again when "model env drop" is over. If it was killed, drop the environment again, or wait for a minute.',
  );
}
