import type { Execution } from './execution.ts';
import type { Plan, TestStep } from './plan.ts';

/**
 * Whether all that a test reads is what the run was planned over. What was known of it says nothing once a source has moved,
 * or a node that was to be reused is another version, or was not built.
 */
export function readsAsPlanned(
  { compiled }: Pick<TestStep, 'compiled'>,
  { nodes }: Pick<Plan, 'nodes'>,
  { versions, moved }: Pick<Execution, 'versions' | 'moved'>,
): boolean {
  return compiled.reads.every((read) => {
    const step = nodes.get(read);
    if (step === undefined) return !moved.has(read);
    const version = versions.get(read)?.relation;
    if (step.kind === 'build' || version === undefined) return false;
    const { schema, name } = step.version.relation;
    return version.schema === schema && version.name === name;
  });
}
