import type { Report } from '../diagnostic/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { checkFolders } from './config-layer.ts';
import { seedConfigSchema } from './config-schema.ts';
import { type DeclaredNode, declareNode, nameOf } from './declared-node.ts';
import type { SeedNode } from './node.ts';
import type { Properties } from './properties-file.ts';

/** A static seed before it is known to be the only one of its name. */
export interface DeclaredSeed extends DeclaredNode {
  readonly resourceType: 'seed';
  readonly sha256: string;
}

/** The static seeds of a project; their rows are read when they are built. */
export function readSeeds(project: Project, properties: Properties, report: Report): DeclaredSeed[] {
  const folders = checkFolders(project.folderConfigs.seeds, seedConfigSchema, report);
  return project.files
    .filter((file) => file.kind === 'static-seed')
    .map((file) => ({
      ...declareNode('seed', file, {}, properties.seeds.get(nameOf(file)), folders, project, report),
      resourceType: 'seed',
      sha256: file.sha256,
    }));
}

export function seedNode({ disabledAt: _, ...seed }: DeclaredSeed): SeedNode {
  return seed;
}
