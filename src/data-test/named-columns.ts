import type { Span } from '../diagnostic/span.ts';
import type { DataTestNode, GenericTest } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { nameOfColumn } from './column-name.ts';
import { genericTests } from './generic-tests.ts';

/** A column that a data test needs, and where YAML names it. */
export interface NamedColumn {
  /** The unique id of the relation that has to have it. */
  readonly relation: string;
  readonly name: string;
  readonly span: Span;
}

/**
 * The columns that a test of the catalogue needs, as far as YAML names them. Expressions are left out, for only an engine
 * reads them, and so are tests that look into the warehouse's catalog: to find no column there is their verdict.
 */
export function namedColumns({ test, attachedTo }: DataTestNode): readonly NamedColumn[] {
  if (test.kind !== 'generic' || attachedTo === undefined || !needsItsColumns(test)) return [];
  const ofOthers = Object.entries(COLUMNS_OF_OTHERS).flatMap(([argument, columns]) => {
    const relation = test.arguments[argument];
    return typeof relation === 'string' ? columnsOf(relation, columns, test) : [];
  });
  return [...columnsOf(attachedTo, columnsOfTested(test), test), ...ofOthers];
}

function needsItsColumns({ testName, macro }: GenericTest): boolean {
  if (macro !== undefined) return false;
  return genericTests.find(({ name }) => name === testName)?.readsCatalog !== true;
}

/** Arguments that name columns of the tested relation, whatever the test. */
const COLUMNS_OF_TESTED = [
  'column_name',
  'column_a',
  'column_b',
  'combination_of_columns',
  'compare_column',
  'compare_columns',
  'group_by',
  'group_by_columns',
  'lower_bound_column',
  'partition_by',
  'sort_column',
  'upper_bound_column',
];

/** Arguments that name columns of the relation which another argument names. */
const COLUMNS_OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  compare_model: ['compare_columns', 'group_by_columns'],
  compare_to: ['compare_group_by'],
  kept: ['group_by_columns'],
  rejected: ['group_by_columns'],
  to: ['field'],
};

/** Where no relation is named, `field` is of the tested one. */
function columnsOfTested({ arguments: { to } }: GenericTest): readonly string[] {
  return to === undefined ? [...COLUMNS_OF_TESTED, 'field'] : COLUMNS_OF_TESTED;
}

function columnsOf(relation: string, args: readonly string[], test: GenericTest): readonly NamedColumn[] {
  return args.flatMap((argument) =>
    written(test, argument).flatMap(({ value, span }) => {
      const name = typeof value === 'string' ? nameOfColumn(value) : undefined;
      return name === undefined ? [] : [{ relation, name, span }];
    }),
  );
}

/** The one value of an argument, or the items of its list. */
function written(
  { arguments: args, columnName, spanAt }: GenericTest,
  argument: string,
): readonly { readonly value: YamlValue | undefined; readonly span: Span }[] {
  const value = argument === 'column_name' ? columnName : args[argument];
  if (!Array.isArray(value)) return [{ value, span: spanAt(argument) }];
  return value.map((item: YamlValue, index) => ({ value: item, span: spanAt(argument, index) }));
}
