import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';

/** What only a generic test's entry has: its column, what it is attached to, its name and arguments. */
export function dbtTestFields(node: DataTestNode, manifest: Manifest) {
  if (node.test.kind === 'singular') return {};
  const { testName, columnName } = node.test;
  return {
    column_name: columnName ?? null,
    file_key_name: fileKeyOf(node.attachedTo, manifest),
    attached_node: node.attachedTo ?? null,
    test_metadata: { name: testName, kwargs: keywordArguments(node, manifest), namespace: null },
  };
}

/** Where the tested node stands in its YAML file: `models.daily`. */
function fileKeyOf(uniqueId: string | undefined, manifest: Manifest): string | null {
  const node = uniqueId === undefined ? undefined : manifest.nodes.get(uniqueId);
  if (node === undefined) return null;
  return node.resourceType === 'source' ? `sources.${node.sourceName}` : `${node.resourceType}s.${node.name}`;
}

function keywordArguments({ test, attachedTo }: DataTestNode, manifest: Manifest) {
  if (test.kind === 'singular') return {};
  const written = Object.entries(test.arguments).map(([name, value]) => [name, asReference(value, manifest)]);
  return {
    ...(test.columnName === undefined ? {} : { column_name: test.columnName }),
    ...(attachedTo === undefined ? {} : { model: asReference(attachedTo, manifest) }),
    ...Object.fromEntries(written),
  };
}

/** A relation argument holds a unique id; dbt's tools look for the call: `ref('daily')`. */
function asReference(value: YamlValue, manifest: Manifest): YamlValue {
  const node = typeof value === 'string' ? manifest.nodes.get(value) : undefined;
  if (node === undefined) return value;
  return node.resourceType === 'source'
    ? `source('${node.sourceName}', '${node.name}')`
    : `ref('${node.name}')`;
}
