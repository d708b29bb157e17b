import type { PortabilityRule } from './rule.ts';
import { averageOfIntegers, oneSortOrder, orderInCall } from './rules/aggregates.ts';
import { argumentCounts } from './rules/argument-counts.ts';
import { arrays } from './rules/arrays.ts';
import { booleanAggregates, booleanAsText } from './rules/booleans.ts';
import {
  conflictAndReturning,
  distinctOn,
  fetchFirst,
  filterClause,
  lockingClause,
  qualifyAlias,
  setOperationAll,
  windowClause,
} from './rules/clauses.ts';
import { minuteNotMonth, unknownPart, weeksBetween } from './rules/dates.ts';
import { distinctFrom, operators, otherExpressions, types } from './rules/expressions.ts';
import {
  concatArguments,
  concatOfNull,
  isNullCall,
  leaderOnly,
  regexpReplace,
  unknownFunction,
} from './rules/functions.ts';
import { backslashes, numberForms, prefixedStrings } from './rules/literals.ts';
import { capitalNames, longNames, reservedNames } from './rules/names.ts';
import {
  correlatedGroup,
  correlatedInOuterJoin,
  correlatedWindow,
  groupedBySubquery,
  materializedHint,
  recursiveTable,
  skippedLevel,
} from './rules/queries.ts';
import { unreadable } from './rules/readable.ts';
import {
  fullJoin,
  joinReadAsAlias,
  lateral,
  tableFunction,
  tableSample,
  valuesTable,
} from './rules/tables.ts';
import { untypedArgument, untypedLiteral } from './rules/untyped-literals.ts';
import { distinctWindow, missingFrame, needlessFrame, needlessOrder, otherFrame } from './rules/windows.ts';

/** All rules, by their codes. */
export const portabilityRules: readonly PortabilityRule[] = [
  unreadable,
  ...[filterClause, distinctOn, valuesTable, windowClause, lateral, fetchFirst, lockingClause, tableSample],
  ...[tableFunction, setOperationAll, conflictAndReturning, qualifyAlias, joinReadAsAlias, fullJoin],
  ...[distinctWindow, missingFrame, otherFrame, needlessFrame, needlessOrder],
  arrays,
  ...[prefixedStrings, backslashes, numberForms],
  ...[distinctFrom, operators, otherExpressions, types, booleanAsText, booleanAggregates],
  ...[untypedLiteral, untypedArgument],
  ...[leaderOnly, unknownFunction, isNullCall, concatArguments, concatOfNull, regexpReplace, argumentCounts],
  ...[oneSortOrder, orderInCall, averageOfIntegers],
  ...[unknownPart, minuteNotMonth, weeksBetween],
  ...[recursiveTable, materializedHint],
  ...[skippedLevel, correlatedInOuterJoin, correlatedWindow, correlatedGroup, groupedBySubquery],
  ...[reservedNames, longNames, capitalNames],
];

/** The address of a page of AWS's developer guide. */
export function pageAddress(page: string): string {
  return `https://docs.aws.amazon.com/redshift/latest/dg/${page}.html`;
}
