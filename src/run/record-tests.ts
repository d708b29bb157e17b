import { recordVerdicts } from '../store/test-verdict.ts';
import { withRetries } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ExecutedRun } from './execution.ts';
import type { Plan } from './plan.ts';
import { movedSources } from './source-watch.ts';
import { verdictKey } from './verdict-key.ts';

/** Remembers how tests ended that need not be run again on the same data. */
export async function recordTests(executed: ExecutedRun, session: Session, store: string): Promise<void> {
  const { run, plan, execution } = executed;
  const { warehouse, identity } = run;
  const { versions, standIns } = execution;
  const relationOf = (id: string) => versions.get(id)?.relation ?? standIns.get(id) ?? plan.given.get(id);
  const passed = execution.results.filter(
    ({ status, cached }) => cached !== true && (status === 'pass' || status === 'warn'),
  );
  const moved = await movedSources(
    session,
    executed,
    passed.flatMap(({ uniqueId }) => sourcesRead(plan, uniqueId)),
  );
  const verdicts = passed.flatMap(({ uniqueId, status, failures = 0 }) => {
    const unitTest = plan.unitTests.get(uniqueId);
    if (unitTest?.key !== undefined && status === 'pass')
      return [{ key: unitTest.key, uniqueId, runId: identity.runId, verdict: status, failures }];
    const step = plan.tests.get(uniqueId);
    if (step?.cacheable !== true || (status !== 'pass' && status !== 'warn')) return [];
    if (sourcesRead(plan, uniqueId).some((source) => moved.has(source))) return [];
    const key = verdictKey(step.compiled, warehouse, plan, relationOf);
    return [{ key, uniqueId, runId: identity.runId, verdict: status, failures }];
  });
  if (verdicts.length === 0) return;
  await withRetries(run.signal, () => recordVerdicts(session, warehouse.dialect, store, verdicts));
}

/** The sources that a test reads whose verdict would be remembered. */
function sourcesRead({ tests, sourceTokens }: Plan, test: string): readonly string[] {
  const step = tests.get(test);
  return step?.cacheable === true ? step.compiled.reads.filter((read) => sourceTokens.has(read)) : [];
}
