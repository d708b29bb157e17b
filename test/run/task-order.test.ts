import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDag } from '../../src/manifest/dag.ts';
import type { Execution } from '../../src/run/execute.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { schedule } from '../../src/run/schedule.ts';
import { orderTasks } from '../../src/run/task-order.ts';
import { blockedNodes, failingTests } from '../../src/run/wanted.ts';
import type { Version } from '../../src/store/version.ts';
import { manifestOf } from '../support/manifest.ts';
import { resultOf } from '../support/run.ts';
import { type RandomPlan, randomPlan, upstreamOf } from './random-plan.ts';

/** Runs a random plan with its real order and the real scheduler. */
async function play({ plan, nodes, failing }: RandomPlan) {
  const started: { readonly id: string; readonly finished: ReadonlySet<string> }[] = [];
  const finished = new Set<string>();
  const results: RunResult[] = [];
  const versions = new Map<string, Version>();
  const finish = (uniqueId: string, status: RunResult['status']) => {
    const { name = '', resourceType = 'model' } = nodes.get(uniqueId) ?? {};
    results.push(resultOf({ name, uniqueId, resourceType, status }));
  };
  await schedule(
    orderTasks(plan, new Map()),
    { threads: 3, failFast: false, signal: new AbortController().signal },
    {
      perform: async (id) => {
        started.push({ id, finished: new Set(finished) });
        await Promise.resolve();
        const isTest = plan.tests.has(id);
        const isFailing = failing.has(id);
        if (isTest) {
          const severity = plan.tests.get(id)?.compiled.node.config.severity;
          finish(id, isFailing ? (severity === 'error' ? 'fail' : 'warn') : 'pass');
          finished.add(id);
          return isFailing && severity === 'error' ? 'failed' : 'succeeded';
        }
        finish(id, isFailing ? 'error' : 'success');
        if (isFailing) return 'failed';
        versions.set(id, { relation: { schema: 's', name: id } } as Version);
        finished.add(id);
        return 'succeeded';
      },
      skip: (id) => finish(id, 'skipped'),
    },
  );
  const execution: Execution = { results, versions };
  return { started, execution };
}

/** The tests that can stop a model before it is built, told from the project alone. */
function stoppingTests(id: string, random: RandomPlan): readonly string[] {
  const upstream = upstreamOf(id, selectedReads(random));
  return [...random.plan.tests].flatMap(([test, { compiled }]) => {
    const planned = compiled.reads.filter((read) => random.plan.nodes.has(read));
    const inputs = planned.length > 0 ? planned : compiled.reads;
    const above = inputs.every((read) => upstream.has(read));
    return compiled.node.config.severity === 'error' && above ? [test] : [];
  });
}

/** A selected model reads an unselected one as it was published, so what is above that does not concern it. */
function selectedReads({ plan, reads }: RandomPlan) {
  return { reads: new Map([...reads].filter(([id]) => plan.nodes.has(id))) };
}

describe('the order of a run', () => {
  it('starts no node before what it reads, nor before the tests that can stop it have passed', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, async (random) => {
        const { started, execution } = await play(random);
        for (const { id, finished } of started) {
          const step = random.plan.nodes.get(id) ?? random.plan.tests.get(id);
          const reads = (step?.compiled?.reads ?? []).filter((read) => random.plan.nodes.has(read));
          const needed = random.plan.nodes.has(id) ? [...reads, ...stoppingTests(id, random)] : reads;
          for (const before of needed) expect(finished).toContain(before);
        }
        const all = [...random.plan.nodes.keys(), ...random.plan.tests.keys()];
        expect(execution.results.map(({ uniqueId }) => uniqueId).sort()).toEqual(all.sort());
      }),
      { numRuns: 300 },
    );
  });
});

describe('what may be published', () => {
  it('is never a node whose test failed, nor one downstream of it, and nothing else is held back', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, async (random) => {
        const { execution } = await play(random);
        const { plan, nodes } = random;
        const dag = buildDag(manifestOf([...nodes.values()]), () => undefined);
        if (dag === undefined) throw new Error('a project without cycles');
        const blocked = blockedNodes({ dag }, plan, execution, failingTests({ dag }, execution));

        const ended = new Map(execution.results.map(({ uniqueId, status }) => [uniqueId, status]));
        const culprits = new Set([...plan.nodes.keys()].filter((id) => ended.get(id) !== 'success'));
        for (const [test, { compiled }] of plan.tests) {
          const { attachedTo, config } = compiled.node;
          if (config.severity === 'warn' || ended.get(test) === 'pass') continue;
          const answers =
            attachedTo !== undefined && (plan.nodes.has(attachedTo) || attachedTo.startsWith('source.'));
          for (const id of answers ? [attachedTo] : compiled.reads) culprits.add(id);
        }
        const expected = [...plan.nodes.keys()].filter(
          (id) =>
            culprits.has(id) ||
            [...upstreamOf(id, selectedReads(random))].some((above) => culprits.has(above)),
        );
        expect([...blocked].sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });
});
