import type { CompiledNode } from '../compile/compiled-node.ts';
import { isPlain } from '../data-test/column-name.ts';
import { type NamedColumn, namedColumns } from '../data-test/named-columns.ts';
import * as catalogue from '../diagnostic/catalogue/data-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode, ModelNode, Node } from '../manifest/node.ts';
import { embeddedDialect } from '../unit-test/embedded-compilation.ts';
import { projectColumns } from '../unit-test/project-columns.ts';
import type { Plan } from './plan.ts';
import type { RunInput } from './run-input.ts';

/** A column that a relation does not have, although YAML names it. */
export interface UnknownColumn {
  /** The test that needs the column, or the relation that describes it. */
  readonly uniqueId: string;
  readonly diagnostic: catalogue.PlacedDiagnostic;
}

/** Whose columns are looked at: the project, and the models that are compiled for its target already, by unique id. */
export interface ColumnsOf {
  readonly manifest: Manifest;
  readonly models?: ReadonlyMap<string, CompiledNode<ModelNode>>;
}

/**
 * Finds columns that nodes need and relations lack: errors for data tests, warnings for columns that models and seeds only
 * describe. The columns are inferred without a warehouse; a relation whose columns are not sure is left alone. A place in YAML
 * is told once, however many tests stand below it.
 */
export async function unknownColumns(
  nodes: Iterable<Node>,
  project: ColumnsOf,
): Promise<readonly UnknownColumn[]> {
  const all = [...nodes];
  const needed = all.flatMap((node) => (node.resourceType === 'test' ? neededBy(node) : []));
  const described = all.flatMap((node) => describedBy(node));
  const columns = await sureColumns([...needed, ...described], project);
  const found = new Map<string, UnknownColumn>();
  for (const use of [...needed, ...described]) {
    const known = columns.get(use.relation);
    const place = `${formatPlace(use.span)} ${use.relation}`;
    if (known === undefined || hasColumn(known, use.name) || found.has(place)) continue;
    const relation = project.manifest.nodes.get(use.relation)?.name ?? use.relation;
    const diagnostic = use.tell({ column: use.name, relation, candidates: known, span: use.span });
    found.set(place, { uniqueId: use.uniqueId, diagnostic });
  }
  return [...found.values()].sort(inOrderOfPlaces);
}

/** Reports columns that tests of a plan need and relations lack. A test whose verdict is remembered was looked at before. */
export async function refuseUnknownColumns(
  { dag, models }: Pick<RunInput, 'dag' | 'models'>,
  { tests }: Plan,
  report: Report,
): Promise<void> {
  const toRun = [...tests.values()].flatMap(({ compiled, known }) => (known ? [] : [compiled.node]));
  const found = await unknownColumns(toRun, { manifest: dag.manifest, models });
  for (const { diagnostic } of found) report(diagnostic);
}

function inOrderOfPlaces(
  { diagnostic: { span: a } }: UnknownColumn,
  { diagnostic: { span: b } }: UnknownColumn,
) {
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1;
  return a.start.line - b.start.line || a.start.column - b.start.column;
}

/** A column that a node names, and what to say where it is not there. */
interface ColumnUse extends NamedColumn {
  readonly uniqueId: string;
  readonly tell: typeof catalogue.unknownColumn;
}

function neededBy(test: DataTestNode): readonly ColumnUse[] {
  const { uniqueId } = test;
  return namedColumns(test).map((column) => ({ ...column, uniqueId, tell: catalogue.unknownColumn }));
}

function describedBy(node: Node): readonly ColumnUse[] {
  if (node.resourceType !== 'model' && node.resourceType !== 'seed') return [];
  const { uniqueId, columns } = node;
  return columns.map(({ name, span }) => ({
    relation: uniqueId,
    name,
    span,
    uniqueId,
    tell: catalogue.unknownDescribedColumn,
  }));
}

/**
 * The names of columns by relation, where they are sure. What a query does not name is named by the engine, `count_star()` or
 * `count`, so on a target of another engine only plain names are.
 */
async function sureColumns(
  uses: readonly ColumnUse[],
  { manifest, models = new Map() }: ColumnsOf,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = new Set(uses.map(({ relation }) => relation));
  if (wanted.size === 0) return new Map();
  const { columns } = await projectColumns(manifest, wanted, { models, declared: 'partly' });
  const named = [...columns].map(([id, found]) => [id, found.map(({ name }) => name)] as const);
  const isTarget = manifest.project.target.adapter === embeddedDialect.name;
  return new Map(named.filter(([, names]) => isTarget || names.every((name) => isPlain(name))));
}

function hasColumn(known: readonly string[], name: string): boolean {
  return known.some((column) => column.toLowerCase() === name.toLowerCase());
}
