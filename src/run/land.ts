import { openLanding } from '../landing/open-landing.ts';
import type { GeneratedSeedNode, Node, SourceNode } from '../manifest/node.ts';
import { fetchAccess } from '../project/fetch-access.ts';
import { generate } from '../seed/generate.ts';
import { load, type TableOutcome } from '../seed/load.ts';
import type { SeedOptions } from '../seed/seed-context.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult } from './run-result.ts';
import { TableWatch } from './table-watch.ts';

/** What a run does with the landing zone before it builds. */
export interface LandOptions {
  /** Write the selected generated seeds to the landing zone. */
  readonly generates: boolean;
  /** Load what has landed for the selected sources. */
  readonly loads: boolean;
  /** False refuses to run seeds. */
  readonly projectCode: boolean;
  /** Given by the user; see GenerateInput. */
  readonly seedOptions: Partial<SeedOptions>;
  /** Threads that make their rows; see GenerateInput. */
  readonly generatorThreads?: number | undefined;
  /** Bad rows that a landed table may have. */
  readonly maxErrors: number;
  /** What would be loaded is only parsed. */
  readonly checks?: boolean;
}

type LandInput = Pick<RunInput, 'dag' | 'selection' | 'identity' | 'tell' | 'warn' | 'signal' | 'clock'>;

/** Generates the selected generated seeds into the landing zone; a result for each. */
export async function generateSelected(
  input: LandInput,
  options: LandOptions,
): Promise<readonly RunResult[]> {
  const seeds = selectedNodes(input).filter(
    (node): node is GeneratedSeedNode => node.resourceType === 'generated_seed',
  );
  if (seeds.length === 0) return [];
  const { project } = input.dag.manifest;
  const watches = new Map(seeds.map((seed) => [seed.name, new TableWatch(input, 'generate', seed)]));
  await generate({
    project,
    seeds,
    options: options.seedOptions,
    threads: options.generatorThreads,
    projectCode: options.projectCode,
    signal: input.signal,
    onProgress: ({ table, rows }) => watches.get(table)?.progress(rows),
    warn: input.warn,
  });
  return [...watches.values()].map((watch) => watch.finish({ changed: watch.rows > 0, rows: watch.rows }));
}

/** Loads the selected landed tables into the warehouse, one after the other; a result for each that has landed. */
export async function loadSelected(
  input: LandInput,
  options: LandOptions,
  warehouse: Warehouse,
): Promise<readonly RunResult[]> {
  const { target } = input.dag.manifest.project;
  const landing = await openLanding(target.landing);
  const landed = new Set(await landing.tables());
  const nodes = selectedNodes(input).filter(
    (node): node is SourceNode =>
      node.resourceType === 'source' && node.landed !== undefined && landed.has(node.landed),
  );
  if (nodes.length === 0) return [];
  const watches = nodes.map((node) => ({
    table: node.landed,
    watch: new TableWatch<SourceNode>(input, options.checks ? 'check' : 'load', node),
  }));
  const watchesOf = (table: string) => watches.filter((each) => each.table === table);
  const results: RunResult[] = [];
  await load({
    landing,
    warehouse,
    schema: target.schema,
    loadId: input.identity.runId,
    access: fetchAccess(target),
    tables: [...new Set(nodes.flatMap((node) => node.landed ?? []))],
    maxErrors: options.maxErrors,
    checks: options.checks === true,
    signal: input.signal,
    onProgress: ({ table, rows, rowsTotal }) => {
      for (const { watch } of watchesOf(table)) watch.progress(rows, rowsTotal);
    },
    onTable: (outcome) => {
      for (const { watch } of watchesOf(outcome.table)) results.push(resultOf(input, watch, outcome));
    },
  });
  return results;
}

/** A load that failed for its data is a result; all of its mistakes are told. */
function resultOf(input: LandInput, watch: TableWatch<SourceNode>, outcome: TableOutcome): RunResult {
  if (outcome.kind === 'loaded') {
    return watch.finish({ changed: outcome.batchesLoaded > 0, rows: outcome.rowsLoaded });
  }
  const [diagnostic, ...others] = outcome.problems;
  const result = watch.fail(diagnostic);
  for (const other of others) input.tell({ kind: 'warning', at: input.clock(), diagnostic: other });
  return result;
}

function selectedNodes({ dag, selection }: LandInput): readonly Node[] {
  return [...selection.nodes].flatMap((id) => dag.manifest.nodes.get(id) ?? []);
}
