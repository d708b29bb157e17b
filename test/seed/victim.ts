import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { type GenerateInput, generate } from '../../src/seed/generate.ts';
import { load } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

/** Generates in a process that is going to be killed. */
export async function generateVictim(input: {
  readonly project: Pick<GenerateInput, 'project' | 'seeds'>;
  readonly options: GenerateInput['options'];
}): Promise<void> {
  // It came as JSON, which has no maps.
  const project = { ...input.project.project, variables: new Map() };
  await generate({ ...input.project, project, options: input.options, threads: 1 });
}

/** Loads in a process that is going to be killed. */
export async function loadVictim(input: {
  readonly landing: string;
  readonly database: string;
}): Promise<void> {
  const warehouse = await openDuckdb(input.database);
  const landing = new FolderLanding(input.landing);
  await load({ landing, warehouse, schema: 'analytics', loadId: 'first' });
  await warehouse.close();
}
