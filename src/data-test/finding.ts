import type { Dialect } from '../dialect/dialect.ts';
import { type AggregatedRows, allRows } from './aggregated-rows.ts';
import { groupColumns } from './group-columns.ts';
import { anyOf, groupBy, indented, lines, selectItems } from './layout.ts';

/**
 * What one scan of the tested relation finds wrong. A test's own query is written from it, and so is its part of a query
 * that several tests of the relation share.
 */
export type Finding = FailingRows | FailingValues | FailingGroups | FailingAggregate;

/** Each row is a failure for which one of the conditions holds. */
export interface FailingRows {
  readonly kind: 'rows';
  readonly conditions: readonly string[];
}

/** Each value is a failure that stands in a row for which the condition holds. */
export interface FailingValues {
  readonly kind: 'values';
  readonly value: string;
  readonly condition: string;
}

/** Each group is a failure over whose rows one of the conditions holds. */
export interface FailingGroups {
  readonly kind: 'groups';
  readonly by: readonly string[] | undefined;
  /** What is shown of a failing group. */
  readonly items: (rows: AggregatedRows) => readonly string[];
  readonly conditions: (rows: AggregatedRows) => readonly string[];
  /** The aggregate sorts what it is over. */
  readonly sorts?: true;
}

/** Each group is a failure whose aggregate, called by a name, meets one of the conditions, which see nothing else. */
export interface FailingAggregate {
  readonly kind: 'aggregate';
  readonly by: readonly string[] | undefined;
  readonly name: string;
  readonly aggregate: (rows: AggregatedRows) => string;
  readonly conditions: (name: string) => readonly string[];
  /** The aggregate sorts what it is over. */
  readonly sorts?: true;
}

/** What a query of a finding stands on: the relation as it stands behind a `from` that is indented so far. */
export interface FindingPlace {
  readonly tested: (alias?: string, indent?: string) => string;
  readonly dialect: Dialect;
}

/** The query for the failures. */
export function findingQuery(finding: Finding, { tested, dialect }: FindingPlace): string {
  switch (finding.kind) {
    case 'rows':
      return lines('select *', `from ${tested()}`, anyOf('where', finding.conditions));
    case 'values':
      return lines(
        'select',
        selectItems([finding.value, 'count(*) as occurrences']),
        `from ${tested()}`,
        `where ${finding.condition}`,
        `group by ${finding.value}`,
      );
    case 'groups': {
      const groups = groupColumns(finding.by, dialect);
      return lines(
        'select',
        selectItems([...groups.items, ...finding.items(allRows)]),
        `from ${tested()}`,
        groupBy(groups.expressions),
        anyOf('having', finding.conditions(allRows)),
      );
    }
    case 'aggregate': {
      const groups = groupColumns(finding.by, dialect, [finding.name]);
      return lines(
        'select *',
        'from (',
        '  select',
        indented(selectItems([...groups.items, `${finding.aggregate(allRows)} as ${finding.name}`])),
        `  from ${tested('', '  ')}`,
        groupBy(groups.expressions, '  '),
        ') as measured',
        anyOf('where', finding.conditions(finding.name)),
      );
    }
  }
}
