import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ephemeralNode, unpublishedNode } from '../diagnostic/catalogue/cli.ts';
import {
  nowhereToAppend,
  unitTestNameTaken,
  unknownUnitTestModel,
} from '../diagnostic/catalogue/unit-test-create.ts';
import { counted } from '../diagnostic/counted.ts';
import { stopOnErrors } from '../diagnostic/diagnostic.ts';
import { secrets } from '../diagnostic/redaction.ts';
import { compileProject, readProject } from '../index.ts';
import type { Dag } from '../manifest/dag.ts';
import type { ModelNode, UnitTestNode } from '../manifest/node.ts';
import { withItem, yamlItem } from '../project/written-yaml.ts';
import { type CreationInput, createUnitTest } from '../unit-test/create/create-unit-test.ts';
import { openInMemory, openWarehouse } from '../warehouse/open.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

/** The options of `model unit-test create`, as commander reads them. */
export interface UnitTestFlags extends WarehouseFlags {
  readonly select: string;
  readonly where: string;
  readonly name?: string | undefined;
  readonly rows: number;
  readonly dryRun?: true | undefined;
}

/** Writes a unit test of a model from published rows into the model's file of unit tests, or prints it. */
export async function writeUnitTest(flags: UnitTestFlags, invocation: Invocation): Promise<ExitCode> {
  const { warn, signal, stdout, say } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const model = modelNamed(flags.select, dag);
  const name = testName(flags.name, model, dag);
  const selection = { select: [`+${model.name}`], exclude: [], resourceTypes: ['model'] as const };
  const { models } = await compileProject(dag, selection, warn);
  const { project } = dag.manifest;
  const options = { waitSeconds: waitSeconds(flags.wait), signal };
  const warehouse = await openWarehouse(project.target, options);
  const embedded = await openInMemory();
  try {
    const session = await warehouse.open();
    signal.addEventListener('abort', () => void session.cancel(), { once: true });
    const source = { session, dialect: warehouse.dialect };
    const input = { dag, models, source, embedded, redaction: secrets, warn };
    await stopUnlessPublished(model, input);
    const description = `Written by "model unit-test create" from published rows; say here what it shows.`;
    const request = { model, where: flags.where, rows: flags.rows, name, description };
    const { entry, givenRows, madeRows } = await createUnitTest(request, input);
    const item = yamlItem(entry);
    if (flags.dryRun === true) {
      stdout.write(item);
      return exitCodes.fine;
    }
    const path = append(item, model, dag);
    const came = `${counted(madeRows, 'row')} from ${counted(givenRows, 'row')} of its inputs.`;
    say(`Wrote the unit test "${name}" to ${path}: ${came}`);
    return exitCodes.fine;
  } finally {
    await embedded.close();
    await warehouse.close();
  }
}

function modelNamed(name: string, { manifest }: Dag): ModelNode {
  const models = [...manifest.nodes.values()].filter((node) => node.resourceType === 'model');
  const model = models.find((node) => node.name === name);
  if (model?.config.materialized === 'ephemeral') stopOnErrors([ephemeralNode({ node: model })]);
  if (model !== undefined) return model;
  stopOnErrors([unknownUnitTestModel({ name, candidates: models.map((node) => node.name) })]);
  throw new Error('This is a bug: an error stopped nothing.');
}

/** A name that no unit test of the model has. */
function testName(given: string | undefined, model: ModelNode, dag: Dag): string {
  const taken = new Map(
    unitTestsOf(dag).flatMap((test) => (test.model === model.uniqueId ? [[test.name, test]] : [])),
  );
  const other = given === undefined ? undefined : taken.get(given);
  if (given !== undefined && other !== undefined)
    stopOnErrors([unitTestNameTaken({ name: given, span: other.span })]);
  if (given !== undefined) return given;
  const plain = `${model.name}_makes_published_rows`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${plain}_${count}`;
    if (!taken.has(name)) return name;
  }
}

function unitTestsOf({ manifest }: Dag): readonly UnitTestNode[] {
  return [...manifest.nodes.values()].filter((node) => node.resourceType === 'unit_test');
}

/** The model and what it reads have to be there. */
async function stopUnlessPublished(model: ModelNode, { dag, models, source }: CreationInput): Promise<void> {
  const { session, dialect } = source;
  const ids = [model.uniqueId, ...(models.get(model.uniqueId)?.reads ?? [])];
  const nodes = ids.flatMap((id) => {
    const node = dag.manifest.nodes.get(id);
    return node !== undefined && 'relation' in node ? [node] : [];
  });
  const schemas = [...new Set(nodes.map(({ relation }) => relation.schema))];
  const { rows } = await session.query(dialect.catalogQuery(schemas));
  const there = new Set(rows.map((row) => `${row['table_schema']}.${row['table_name']}`));
  const missing = nodes.filter(
    ({ relation }) => !there.has(`${dialect.fold(relation.schema)}.${dialect.fold(relation.name)}`),
  );
  stopOnErrors(missing.map((node) => unpublishedNode({ node })));
}

/** Puts the test at the end of the model's file, which is made where it is not there, and gives the file's path. */
function append(item: string, model: ModelNode, dag: Dag): string {
  const { root } = dag.manifest.project;
  const path = posix.join(folderOf(dag), `${model.name}.yml`);
  const file = join(root, path);
  const text = withItem(existsSync(file) ? readFileSync(file, 'utf8') : '', 'unit_tests', item);
  if (text === undefined) {
    stopOnErrors([nowhereToAppend({ path })]);
    return path;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return path;
}

/** The first test path that holds unit tests already; else the first that is called after them, else the first. */
function folderOf(dag: Dag): string {
  const { testFolders: paths = [] } = dag.manifest.project;
  const used = paths.find((folder) => unitTestsOf(dag).some(({ path }) => path.startsWith(`${folder}/`)));
  return used ?? paths.find((folder) => posix.basename(folder) === 'unit') ?? paths[0] ?? 'tests';
}
