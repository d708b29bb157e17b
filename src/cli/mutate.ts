import { notEmbedded } from '../diagnostic/catalogue/mutation.ts';
import { stopOnErrors } from '../diagnostic/diagnostic.ts';
import { type CompiledProject, compileProject } from '../index.ts';
import { killedShare } from '../mutation/mutant.ts';
import { type MutationResult, mutate } from '../mutation/mutate.ts';
import { mutationSubject } from '../mutation/mutation-subject.ts';
import { colorsFor } from '../report/colors.ts';
import { mutantEvent, mutationText } from '../report/mutation-text.ts';
import { openInMemory } from '../warehouse/open.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { type PublishedSelection, publishedSelection } from './published-selection.ts';
import type { SelectFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';

/** The flags of `model test --mutate`. */
export interface MutateFlags extends WarehouseFlags, SelectFlags {
  /** The least share of mutants that must be killed, in percent. */
  readonly killAtLeast?: number | undefined;
}

/** Tries mutants of the selected models, and prints those that no test notices. */
export async function mutateSelected(flags: MutateFlags, invocation: Invocation): Promise<ExitCode> {
  return publishedSelection(flags, invocation, async (published) => {
    const everything = { select: [], exclude: [] };
    const compiled = await compileProject(published.dag, everything, invocation.warn);
    const least = (flags.killAtLeast ?? 0) / 100;
    let code: ExitCode = exitCodes.fine;
    if (!published.relations.some(({ node }) => node.resourceType === 'model'))
      invocation.say('Nothing to mutate: no model is selected.');
    for await (const result of mutatedModels(published, compiled, invocation)) {
      tellResult(result, flags, invocation);
      if (killedShare(result.mutants) < least) code = exitCodes.failed;
    }
    return code;
  });
}

async function* mutatedModels(
  { dag, warehouse, relations }: PublishedSelection,
  compiled: CompiledProject,
  { warn, signal }: Invocation,
): AsyncIterable<MutationResult> {
  const { manifest } = dag;
  const { target } = manifest.project;
  const { temporaryTables } = warehouse.dialect;
  if (temporaryTables === undefined) {
    stopOnErrors([notEmbedded({ target: target.name, adapter: target.adapter })]);
    return;
  }
  const relationOf = (uniqueId: string) => {
    const node = manifest.nodes.get(uniqueId);
    if (node === undefined || !('relation' in node))
      throw new Error(`This is a bug: "${uniqueId}" has no rows.`);
    return node.relation;
  };
  const { models } = compiled;
  const { threads } = target;
  for (const { node } of relations) {
    const model = models.get(node.uniqueId);
    if (model === undefined) continue;
    const embedded = await openInMemory();
    try {
      const tools = {
        warehouse,
        temporaryTables,
        relationOf,
        embedded,
        manifest,
        models,
        threads,
        warn,
        signal,
      };
      yield await mutate(mutationSubject(model, compiled), tools);
    } finally {
      await embedded.close();
    }
  }
}

function tellResult(result: MutationResult, flags: MutateFlags, { stdout, environment }: Invocation): void {
  if (flags.logFormat === 'json') {
    for (const mutant of result.mutants)
      stdout.write(`${JSON.stringify(mutantEvent(result, mutant, new Date()))}\n`);
    return;
  }
  stdout.write(`${mutationText(result, colorsFor(stdout, { color: flags.color, environment }))}\n`);
}
