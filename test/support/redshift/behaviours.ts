import type { Behaviour } from './behaviour.ts';
import { noBooleanTexts } from './behaviours/booleans.ts';
import { catalogRelations } from './behaviours/catalog.ts';
import { alterTable, createTable, noConditionalTableAs, noReplacedTable } from './behaviours/create-table.ts';
import { functions, sysdate } from './behaviours/functions.ts';
import { grants, identities, memberships } from './behaviours/grants.ts';
import { lateBindingView, noLateComments } from './behaviours/late-binding-view.ts';
import { leaderNode } from './behaviours/leader-node.ts';
import { foldedNames } from './behaviours/names.ts';
import { minus, qualify, top } from './behaviours/query-clauses.ts';
import { noEscapeStrings, oneOrder, refusedClauses, windows } from './behaviours/refused-clauses.ts';
import { noMergeAlias, noOnConflict, noReturning, refusedCommands } from './behaviours/refused-commands.ts';
import { noDiscard, ownParameters } from './behaviours/session-settings.ts';
import { analyze, noAlterColumn, noSavepoints, truncateCommits, vacuum } from './behaviours/transactions.ts';
import { typeNames, unknownTypes } from './behaviours/types.ts';
import { noUntypedColumns } from './behaviours/untyped-literals.ts';
import { version } from './behaviours/version.ts';
import { materializedView, replaceView } from './behaviours/views.ts';
import { ownWindows } from './behaviours/windows.ts';
import { copyFromS3 } from './copy/copy.ts';

/** What is refused, by the statement as it was sent. */
const REFUSALS: readonly Behaviour[] = [
  noDiscard,
  noSavepoints,
  noReplacedTable,
  noConditionalTableAs,
  unknownTypes,
  noBooleanTexts,
  noUntypedColumns,
  ...refusedCommands,
  ...[noReturning, noOnConflict, noMergeAlias],
  ...refusedClauses,
  ...[noEscapeStrings, oneOrder, windows, leaderNode],
];

/** What reads otherwise. */
const REWRITES: readonly Behaviour[] = [
  ...[foldedNames, ownParameters, version, typeNames, catalogRelations, analyze],
  ...[top, minus, qualify, sysdate, ownWindows, functions],
];

/** What the stand-in does with statements of its own: of a text that PostgreSQL can read. */
const EMULATIONS: readonly Behaviour[] = [
  copyFromS3,
  identities,
  memberships,
  grants,
  createTable,
  noAlterColumn,
  alterTable,
  lateBindingView,
  replaceView,
  materializedView,
  noLateComments,
  truncateCommits,
  vacuum,
];

/** Everything in which the stand-in is not PostgreSQL, in the order in which a statement meets it. */
export const BEHAVIOURS: readonly Behaviour[] = [...REFUSALS, ...REWRITES, ...EMULATIONS];
