import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Relation } from '../../src/dialect/relation.ts';
import { blockedNodes, failingTests } from '../../src/run/blocked.ts';
import type { Execution } from '../../src/run/execution.ts';
import { gatedBy } from '../../src/run/gated-by.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { schedule } from '../../src/run/schedule.ts';
import { orderTasks } from '../../src/run/task-order.ts';
import type { Version } from '../../src/store/version.ts';
import { manifestOf } from '../support/manifest.ts';
import { resultOf } from '../support/run.ts';
import { type RandomPlan, randomPlan, upstreamOf } from './random-plan.ts';

/** Runs a random plan with its real order and the real scheduler. */
async function play({ plan, nodes, failing }: RandomPlan) {
  const manifest = manifestOf([...nodes.values()]);
  const started: { readonly id: string; readonly finished: ReadonlySet<string> }[] = [];
  const finished = new Set<string>();
  const results: RunResult[] = [];
  const versions = new Map<string, Version>();
  const standIns = new Map<string, Relation>();
  const finish = (uniqueId: string, status: RunResult['status']) => {
    const { name = '', resourceType = 'model' } = nodes.get(uniqueId) ?? {};
    results.push(resultOf({ name, uniqueId, resourceType, status }));
  };
  const build = (id: string) => {
    finish(id, failing.has(id) ? 'error' : 'success');
    if (!failing.has(id)) versions.set(id, { relation: { schema: 's', name: id } } as Version);
    const standIn = failing.has(id) ? plan.continuing.get(id) : undefined;
    if (standIn !== undefined) standIns.set(id, standIn.relation);
    return !failing.has(id) || standIn !== undefined;
  };
  const test = (id: string) => {
    const { severity } = plan.tests.get(id)?.compiled.node.config ?? {};
    const isIdle = gatedBy(manifest, plan, id).every((gated) => standIns.has(gated));
    const bad = severity === 'error' ? 'fail' : 'warn';
    finish(id, isIdle ? 'skipped' : failing.has(id) ? bad : 'pass');
    return !isIdle && !(failing.has(id) && severity === 'error');
  };
  await schedule(
    orderTasks(plan, new Map()),
    { threads: 3, failFast: false, signal: new AbortController().signal },
    {
      perform: async (id) => {
        started.push({ id, finished: new Set(finished) });
        await Promise.resolve();
        if (plan.fusions.has(id)) finished.add(id);
        if (plan.fusions.has(id)) return 'succeeded';
        const goesOn = plan.tests.has(id) ? test(id) : build(id);
        if (goesOn) finished.add(id);
        return goesOn ? 'succeeded' : 'failed';
      },
      skip: (id) => (plan.fusions.has(id) ? undefined : finish(id, 'skipped')),
    },
  );
  const execution: Execution = { results, versions, standIns, moved: new Set() };
  return { started, execution, manifest };
}

/** The tests that can stop a model before it is built, told from the project alone. */
function stoppingTests(id: string, random: RandomPlan): readonly string[] {
  const upstream = upstreamOf(id, selectedReads(random));
  return [...random.plan.tests].flatMap(([test, { compiled }]) => {
    const planned = compiled.reads.filter((read) => random.plan.nodes.has(read));
    if (planned.length > 0 && planned.every((read) => random.plan.continuing.has(read))) return [];
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
        for (const { id, tested, parts } of random.plan.fusions.values()) {
          const query = started.find((task) => task.id === id);
          if (random.plan.nodes.has(tested) && query) expect(query.finished).toContain(tested);
          const sharing = started.filter((task) => parts.some(({ test }) => test === task.id));
          for (const { finished } of sharing) expect(finished).toContain(id);
        }
        const all = [...random.plan.nodes.keys(), ...random.plan.tests.keys()];
        expect(execution.results.map(({ uniqueId }) => uniqueId).sort()).toEqual(all.sort());
      }),
      { numRuns: 300 },
    );
  });
});

describe('what may be published', () => {
  it('is never a node whose test failed, nor one made from it, and nothing else is held back', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, async (random) => {
        const { execution, manifest } = await play(random);
        const { plan, reads } = random;
        const blocked = blockedNodes(manifest, plan, execution, failingTests(manifest, execution));

        const ended = new Map(execution.results.map(({ uniqueId, status }) => [uniqueId, status]));
        const culprits = new Set([...plan.nodes.keys()].filter((id) => ended.get(id) !== 'success'));
        for (const [test, { compiled }] of plan.tests) {
          if (compiled.node.config.severity === 'warn' || ended.get(test) === 'pass') continue;
          const { attachedTo = '' } = compiled.node;
          const gated = compiled.reads.filter((read) => plan.nodes.has(read) || read === attachedTo);
          const isGated = gated.some((read) => plan.nodes.has(read));
          const sources = gated.filter((read) => plan.nodes.has(read) || read.startsWith('source.'));
          for (const id of isGated ? sources : compiled.reads) culprits.add(id);
        }
        const madeFrom = new Map(
          [...plan.nodes.keys()].map((id) => [
            id,
            (reads.get(id) ?? []).filter((read) => !execution.standIns.has(read)),
          ]),
        );
        const expected = [...plan.nodes.keys()].filter(
          (id) =>
            culprits.has(id) || [...upstreamOf(id, { reads: madeFrom })].some((above) => culprits.has(above)),
        );
        expect([...blocked].sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('of the relations of one test is all or none of them', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, async (random) => {
        const { execution, manifest } = await play(random);
        const { plan } = random;
        const blocked = blockedNodes(manifest, plan, execution, failingTests(manifest, execution));
        const passed = new Set(
          execution.results.filter(({ status }) => status === 'pass').map(({ uniqueId }) => uniqueId),
        );
        for (const [test, { compiled }] of plan.tests) {
          if (compiled.node.config.severity === 'warn' || passed.has(test)) continue;
          const gated = compiled.reads.filter((read) => plan.nodes.has(read));
          expect(gated.filter((read) => !blocked.has(read))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a node with on_error: continue that fails', () => {
  it('skips nothing as long as something of it is published', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlan, async (random) => {
        const { plan } = random;
        const lenient = new Set(
          [...plan.continuing].flatMap(([id, standIn]) => (standIn === undefined ? [] : [id])),
        );
        const failing = new Set([...random.failing].filter((id) => lenient.has(id)));
        const { execution } = await play({ ...random, failing });
        const skipped = execution.results.filter(({ status }) => status === 'skipped');
        for (const { uniqueId } of skipped) expect(plan.tests.has(uniqueId)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
