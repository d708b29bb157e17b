import type { CompiledNode } from '../../compile/compiled-node.ts';
import { withAliases } from '../../data-test/column-aliases.ts';
import { personalColumns } from '../../data-test/masked-rows.ts';
import { rowsNotMade } from '../../diagnostic/catalogue/unit-test-create.ts';
import { DiagnosticError, type Report, stage } from '../../diagnostic/diagnostic.ts';
import type { Redaction } from '../../diagnostic/redaction.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Dag } from '../../manifest/dag.ts';
import type { ModelNode } from '../../manifest/node.ts';
import { formatReference } from '../../manifest/reference-text.ts';
import type { YamlValue } from '../../project/project.ts';
import type { QueryResult, Warehouse } from '../../warehouse/warehouse.ts';
import { completedColumns, type DeclaredColumn } from '../declared-columns.ts';
import { differenceOf } from '../difference.ts';
import { columnsOfRows } from '../given-rows.ts';
import { inferColumns } from '../infer-columns.ts';
import { modelCompiler } from '../model-compiler.ts';
import { testedQuery } from '../tested-query.ts';
import { CandidateBench, type Candidates, type Choice, type GivenColumn } from './candidate-bench.ts';
import { candidateRows, matchingRows, type RowSource } from './example-rows.ts';
import { type Comparison, containsRows, type Likeness } from './likeness.ts';
import { type CellText, maskedCells } from './mask.ts';
import { smallest } from './smallest.ts';
import { writtenTest } from './written-test.ts';

/** Which unit test to write. */
export interface CreationRequest {
  readonly model: ModelNode;
  /** A condition on rows of the published model, in the target's SQL. */
  readonly where: string;
  /** So many of them are to come out of the test. */
  readonly rows: number;
  readonly name: string;
  readonly description: string;
}

/** What a unit test is made from. */
export interface CreationInput {
  readonly dag: Dag;
  /** The model and all models upstream of it, compiled for the target, by unique id. */
  readonly models: ReadonlyMap<string, CompiledNode<ModelNode>>;
  readonly source: RowSource;
  /** An embedded engine of its own. */
  readonly embedded: Warehouse;
  readonly redaction: Pick<Redaction, 'redact'>;
  readonly warn: Report;
}

/** A unit test that passes, as an entry of `unit_tests:`. */
export interface CreatedUnitTest {
  readonly entry: Readonly<Record<string, YamlValue>>;
  readonly givenRows: number;
  readonly madeRows: number;
}

/** With more rows than this nobody sees why a test expects what it does: rows that are alike will do then. */
const MANY_ROWS = 30;

/**
 * Writes a unit test from published rows: those of the model that meet a condition, and as few rows and columns of its inputs as
 * make them on the embedded engine. Where it takes too many to make the same rows, rows that are alike are made. What is expected
 * is what the model makes of the given rows. Throws a `DiagnosticError` when there is no such test.
 */
export async function createUnitTest(
  request: CreationRequest,
  input: CreationInput,
): Promise<CreatedUnitTest> {
  const { model, where } = request;
  const { source, embedded } = input;
  const variables = perRunVariables(input, model);
  const { query, compiler } = await exampleQuery(model, input);
  const masked = maskedColumns(model, input);
  const cellText = maskedCells(masked, input.redaction);
  const wanted = await matchingRows(source, model.relation, request);
  const relations = new Map(query.reads.map((id) => [id, relationOf(id, input)]));
  const rows = await candidateRows(source, wanted, relations);
  const session = await embedded.open();
  const { dialect } = embedded;
  const inference = { manifest: input.dag.manifest, session, dialect, compiler };
  const inferred = await inferColumns(inference, query.reads);
  const candidates = new Map(
    [...rows].map(([id, found]) => {
      const declared = inferred.declared.get(id) ?? [];
      const name = id === model.uniqueId ? 'self' : inputText(id, input);
      const about = { input: name, declared, cellText, dialect };
      return [id, candidatesOf(found, inferred.columns.get(id), about)] as const;
    }),
  );
  const bench = await CandidateBench.open({ session, dialect }, query, candidates);
  const comparison: Comparison = { dialect, masked, exact: namesIn(where, source.dialect) };
  const choices = await chosenRows(bench, candidates, { wanted, request, comparison });
  const made = await bench.make(choices);
  const columns = await neededColumns(bench, candidates, choices, made);
  const content = { ...request, model: model.name, candidates, choices, columns, variables, made };
  return {
    entry: writtenTest(content, dialect),
    givenRows: choices.length,
    madeRows: made.rows.length,
  };
}

/** What the unit test is going to run. */
async function exampleQuery(model: ModelNode, { dag, models, warn }: CreationInput) {
  const { manifest } = dag;
  const compiler = modelCompiler(manifest, models);
  const compiled = compiler(model);
  if (compiled === undefined) throw new Error(`This is a bug: "${model.name}" does not compile.`);
  const overrides = { variables: {}, environment: {}, macros: {}, now: undefined, spanAt: () => model.span };
  const test = { cte: undefined, span: model.span, overrides };
  const query = await stage((report) => testedQuery(compiled, test, manifest, report), warn);
  return { query, compiler };
}

/** Vars of this run that the model's SQL shows: the test is to mean the same in any other. */
function perRunVariables(
  { dag, models }: CreationInput,
  model: ModelNode,
): Readonly<Record<string, YamlValue>> {
  const sql = models.get(model.uniqueId)?.sql ?? '';
  const shown = [...dag.manifest.project.variables].filter(
    ([, { perRun, value }]) => perRun && value !== null && sql.includes(String(value)),
  );
  return Object.fromEntries(shown.map(([name, { value }]) => [name, value]));
}

/** Columns that are tagged as personal anywhere upstream, and those that models on the way make of them. */
function maskedColumns(model: ModelNode, { dag, models, source }: CreationInput): ReadonlySet<string> {
  const own = model.columns.filter(({ tags }) => tags.includes('pii')).map(({ name }) => name.toLowerCase());
  const upstream = dag.order.flatMap((id) => models.get(id) ?? []);
  return upstream.reduce<ReadonlySet<string>>(
    (names, { sql }) => withAliases(names, source.dialect.tokenize(sql)),
    new Set([...own, ...personalColumns(dag, model.uniqueId)]),
  );
}

function relationOf(uniqueId: string, { dag }: CreationInput) {
  const node = dag.manifest.nodes.get(uniqueId);
  if (node === undefined || !('relation' in node))
    throw new Error(`This is a bug: "${uniqueId}" is no relation.`);
  return node.relation;
}

function inputText(uniqueId: string, { dag }: CreationInput): string {
  const node = dag.manifest.nodes.get(uniqueId);
  return node?.resourceType === 'source'
    ? formatReference({ kind: 'source', source: node.sourceName, table: node.name })
    : formatReference({ kind: 'ref', name: node?.name ?? uniqueId });
}

/** How a unit test names an input, what of its columns is declared if not all are known, and how its cells are written. */
interface CandidateInput {
  readonly input: string;
  readonly declared: readonly DeclaredColumn[];
  readonly cellText: CellText;
  readonly dialect: Dialect;
}

/** Columns that the relation has and the project does not know of are left out. */
function candidatesOf(
  { columns, rows }: QueryResult,
  inferred: Candidates['columns'] | undefined,
  { input, declared, cellText, dialect }: CandidateInput,
): Candidates {
  const known = new Map(inferred?.map(({ name }) => [dialect.fold(name), name]));
  const shared = columns.filter(({ name }) => inferred === undefined || known.has(dialect.fold(name)));
  const written = {
    columns: shared.map(({ name }) => known.get(dialect.fold(name)) ?? name),
    rows: rows.map((row) => shared.map(({ name }) => cellText(name, row[name] ?? null))),
    quoted: new Set<number>(),
    spanAt: () => {
      throw new Error('This is a bug: rows of a relation have no place in a file.');
    },
  };
  const isInferred = inferred !== undefined;
  const all = inferred ?? completedColumns(declared, columnsOfRows(written, dialect), dialect);
  return { input, columns: all, inferred: isInferred, written };
}

function namesIn(where: string, dialect: Dialect): ReadonlySet<string> {
  return new Set(dialect.tokenize(where).map(({ text }) => text.replaceAll('"', '').toLowerCase()));
}

interface Goal {
  readonly wanted: QueryResult;
  readonly request: CreationRequest;
  readonly comparison: Comparison;
}

/** As few of the candidates as make the wanted rows, or else rows as like them as can be. */
async function chosenRows(
  bench: CandidateBench,
  candidates: ReadonlyMap<string, Candidates>,
  { wanted, request, comparison }: Goal,
): Promise<readonly Choice[]> {
  const all = [...candidates].flatMap(([uniqueId, { written }]) =>
    written.rows.map((_, row): Choice => ({ uniqueId, row })),
  );
  const makes = (likeness: Likeness) => async (choices: readonly Choice[]) => {
    const made = await bench.make(choices).catch(() => undefined);
    return made !== undefined && containsRows(made, wanted.rows, likeness, comparison);
  };
  await bench.make(all);
  for (const likeness of ['same', 'alike', 'akin'] as const) {
    if (!(await makes(likeness)(all))) continue;
    const chosen = await smallest(all, makes(likeness));
    const isTooMuch = likeness === 'same' && chosen.length > MANY_ROWS;
    return isTooMuch ? smallest(chosen, makes('alike')) : chosen;
  }
  const most = Math.max(0, ...[...candidates.values()].map(({ written }) => written.rows.length));
  throw new DiagnosticError([rowsNotMade({ model: request.model.name, rows: most })]);
}

/** The columns without which the model makes other rows. Where nobody infers an input's columns, all are needed. */
async function neededColumns(
  bench: CandidateBench,
  candidates: ReadonlyMap<string, Candidates>,
  choices: readonly Choice[],
  made: QueryResult,
): Promise<readonly GivenColumn[]> {
  const columnsOf = (inferred: boolean) =>
    [...candidates].flatMap(([uniqueId, found]) =>
      found.inferred === inferred ? found.written.columns.map((column) => ({ uniqueId, column })) : [],
    );
  const fixed = columnsOf(false);
  const names = made.columns.map(({ name }) => name);
  const isEnough = async (columns: readonly GivenColumn[]) => {
    const again = await bench.make(choices, [...fixed, ...columns]).catch(() => undefined);
    return again !== undefined && differenceOf(names, made.rows, again.rows) === undefined;
  };
  return [...fixed, ...(await smallest(columnsOf(true), isEnough))];
}
