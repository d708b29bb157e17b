import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { openLanding } from '../landing/open-landing.ts';
import type { GeneratedSeedNode, Node, SourceNode } from '../manifest/node.ts';
import { generate } from '../seed/generate.ts';
import { load } from '../seed/load.ts';
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
  /** Given by the user; see GenerateInput. */
  readonly seedOptions: Partial<SeedOptions>;
  /** Bad rows that a landed table may have. */
  readonly maxErrors: number;
}

type LandInput = Pick<RunInput, 'dag' | 'selection' | 'identity' | 'tell' | 'signal' | 'clock'>;

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
    workers: project.target.threads,
    signal: input.signal,
    onProgress: ({ table, rows }) => watches.get(table)?.progress(rows),
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
  const results: RunResult[] = [];
  for (const node of selectedNodes(input)) {
    if (node.resourceType !== 'source' || node.landed === undefined || !landed.has(node.landed)) continue;
    const watch = new TableWatch<SourceNode>(input, 'load', node);
    const request = {
      landing,
      warehouse,
      schema: target.schema,
      tables: [node.landed],
      loadId: input.identity.runId,
    };
    const loading = load({
      ...request,
      maxErrors: options.maxErrors,
      signal: input.signal,
      onProgress: ({ rows, rowsTotal }) => watch.progress(rows, rowsTotal),
    });
    results.push(
      await loading.then(
        ({ tables: [table] }) => loadedResult(watch, table),
        (error: unknown) => failedResult(input, watch, error),
      ),
    );
  }
  return results;
}

function loadedResult(
  watch: TableWatch<SourceNode>,
  table: { readonly batchesLoaded: number; readonly rowsLoaded: number } | undefined,
): RunResult {
  return watch.finish({ changed: (table?.batchesLoaded ?? 0) > 0, rows: table?.rowsLoaded ?? 0 });
}

/** A load that failed for its data is a result; all of its mistakes are told. */
function failedResult(input: LandInput, watch: TableWatch<SourceNode>, error: unknown): RunResult {
  if (!(error instanceof DiagnosticError)) throw error;
  const [diagnostic, ...others] = error.diagnostics as readonly [Diagnostic, ...Diagnostic[]];
  const result = watch.fail(diagnostic);
  for (const other of others) input.tell({ kind: 'warning', at: input.clock(), diagnostic: other });
  return result;
}

function selectedNodes({ dag, selection }: LandInput): readonly Node[] {
  return [...selection.nodes].flatMap((id) => dag.manifest.nodes.get(id) ?? []);
}
