import { spanAt } from '../diagnostic/span.ts';
import type { Project } from '../project/project.ts';
import { nameOf } from './declared-node.ts';
import type { GeneratedSeedNode } from './node.ts';

/** The generated seeds of a project. Their modules are not run here: only generating needs them. */
export function generatedSeeds(project: Project): GeneratedSeedNode[] {
  return project.files
    .filter((file) => file.kind === 'generated-seed')
    .map((file) => {
      const name = nameOf(file);
      return {
        resourceType: 'generated_seed',
        uniqueId: `generated_seed.${project.name}.${name}`,
        name,
        path: file.path,
        fqn: [project.name, ...file.folders, name],
        description: '',
        tags: [],
        meta: {},
        span: spanAt(file.source, 0, 0),
        sha256: file.sha256,
      };
    });
}
