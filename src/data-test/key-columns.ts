import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';

/** The columns that failing rows of a test begin with: the key of what it tests, as tests of uniqueness say it, then its own column. */
export function leadingColumns({ nodes }: Manifest, test: DataTestNode): readonly string[] {
  const { attachedTo } = test;
  const keys: (readonly string[])[] = [];
  for (const node of nodes.values())
    if (node.resourceType === 'test' && node.attachedTo === attachedTo) keys.push(keyOf(node));
  const key = keys.filter((columns) => columns.length > 0).toSorted((a, b) => a.length - b.length)[0] ?? [];
  const own =
    test.test.kind === 'generic' && test.test.columnName !== undefined ? [test.test.columnName] : [];
  return attachedTo === undefined ? [] : [...key, ...own];
}

/** Rows with some columns in front, as far as they are there; capitals do not count. */
export function withColumnsFirst({ columns, rows }: QueryResult, leading: readonly string[]): QueryResult {
  const order = new Map(leading.map((name, index) => [name.toLowerCase(), index] as const).toReversed());
  const place = (name: string) => order.get(name.toLowerCase()) ?? leading.length;
  return { columns: columns.toSorted((a, b) => place(a.name) - place(b.name)), rows };
}

function keyOf({ test, config }: DataTestNode): readonly string[] {
  if (test.kind === 'singular' || test.macro !== undefined || config.where !== undefined) return [];
  if (test.testName === 'unique') return test.columnName === undefined ? [] : [test.columnName];
  return test.testName === 'unique_combination_of_columns'
    ? texts(test.arguments['combination_of_columns'])
    : [];
}

function texts(value: YamlValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
