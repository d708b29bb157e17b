import { openLanding } from '../landing/open-landing.ts';
import type { Node } from '../manifest/node.ts';
import { activityOf } from './event.ts';
import type { LandOptions } from './land.ts';
import { isBuilt } from './plan.ts';
import type { RunInput } from './run-input.ts';
import { mayGenerate } from './shared-landing.ts';

/** How many results a run is going to have: one for each selected node that it generates, loads, builds or tests. */
export async function expectedResults(
  input: Pick<RunInput, 'dag' | 'selection' | 'options'>,
  landing: LandOptions,
): Promise<number> {
  const { dag, selection, options } = input;
  const nodes = [...selection.nodes].flatMap((id) => dag.manifest.nodes.get(id) ?? []);
  const generated = (await mayGenerate(input, landing)) ? nodes.filter(isGenerated) : [];
  const landed = new Set(generated.map(({ name }) => name));
  if (landing.loads) {
    const zone = await openLanding(dag.manifest.project.target.landing);
    for (const table of await zone.tables()) landed.add(table);
  }
  const worked = nodes.filter((node) => {
    if (node.resourceType === 'source')
      return landing.loads && node.landed !== undefined && landed.has(node.landed);
    return activityOf(node) === 'test' ? options.tests : options.builds && isBuilt(node);
  });
  return generated.length + worked.length;
}

function isGenerated({ resourceType }: Node): boolean {
  return resourceType === 'generated_seed';
}
