import fc from 'fast-check';
import type { CompiledNode } from '../../src/compile/compiled-node.ts';
import type { DataTestNode, ModelNode } from '../../src/manifest/node.ts';
import { planFusions } from '../../src/run/fusion.ts';
import type { Plan, TestStep } from '../../src/run/plan.ts';
import { genericTest, model, singularTest, source } from '../support/manifest.ts';

/** A plan over a random project, and what goes wrong when it runs. */
export interface RandomPlan {
  readonly plan: Plan;
  /** All nodes, selected or not. */
  readonly nodes: ReadonlyMap<string, ModelNode | DataTestNode | ReturnType<typeof source>>;
  /** What each model reads, selected or not. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly failing: ReadonlySet<string>;
}

const modelDraft = fc.record({
  reads: fc.array(fc.nat({ max: 100 }), { maxLength: 3 }),
  source: fc.boolean(),
  selected: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  fails: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  onError: fc.constantFrom('skip' as const, 'skip' as const, 'continue' as const),
  published: fc.boolean(),
});

const testDraft = fc.record({
  reads: fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 3 }),
  attached: fc.boolean(),
  severity: fc.constantFrom('error' as const, 'error' as const, 'warn' as const),
  fails: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

const RAW = 'raw.events';

/**
 * Up to 10 models that read earlier ones and a source, most of them selected, some with `on_error: continue` and of these some
 * published before, and up to 8 tests of some of these, mutual ones among them.
 */
export const randomPlan: fc.Arbitrary<RandomPlan> = fc
  .tuple(fc.array(modelDraft, { minLength: 1, maxLength: 10 }), fc.array(testDraft, { maxLength: 8 }))
  .map(([modelDrafts, testDrafts]) => {
    const models = modelDrafts.map(({ reads, source: raw, onError }, i) => {
      const earlier = i === 0 ? [] : reads.map((read) => `m${read % i}`);
      const all = [...new Set([...earlier, ...(raw ? [RAW] : [])])];
      return model(`m${i}`, all, { raw: { on_error: onError } });
    });
    const names = [RAW, ...models.map(({ name }) => name)];
    const tests = testDrafts.map(({ reads, attached, severity }, i) => {
      const read = [...new Set(reads.map((n) => names[n % names.length] ?? RAW))];
      const node = attached ? genericTest(`t${i}`, read) : singularTest(`t${i}`, read);
      return { ...node, config: { ...node.config, severity } };
    });
    const failing = new Set([
      ...models.filter((_, i) => modelDrafts[i]?.fails).map(({ uniqueId }) => uniqueId),
      ...tests.filter((_, i) => testDrafts[i]?.fails).map(({ uniqueId }) => uniqueId),
    ]);
    const selected = models.filter((_, i) => modelDrafts[i]?.selected);
    const published = new Set(models.filter((_, i) => modelDrafts[i]?.published));
    return {
      plan: planOf(selected, tests, published),
      nodes: new Map([source(RAW), ...models, ...tests].map((node) => [node.uniqueId, node])),
      reads: new Map(models.map((node) => [node.uniqueId, readsOf(node)])),
      failing,
    };
  });

function planOf(
  models: readonly ModelNode[],
  tests: readonly DataTestNode[],
  published: ReadonlySet<ModelNode>,
): Plan {
  const continuing = models.filter(({ config }) => config.onError === 'continue');
  const steps = new Map(tests.map((node) => [node.uniqueId, testStep(node)]));
  const standIn = ({ name }: ModelNode) => ({ relation: { schema: 'published', name }, key: `old ${name}` });
  return {
    keys: new Map(models.map(({ uniqueId, name }) => [uniqueId, name])),
    continuing: new Map(
      continuing.map((node) => [node.uniqueId, published.has(node) ? standIn(node) : undefined]),
    ),
    nodes: new Map(
      models.map((node) => [
        node.uniqueId,
        { kind: 'build', node, key: node.name, compiled: compiled(node), anew: false },
      ]),
    ),
    tests: steps,
    unitTests: new Map(),
    fusions: planFusions(steps),
    guards: new Map(),
    given: new Map(),
    leftOut: new Map(),
    sourceTokens: new Map(),
    tokens: {},
  };
}

/** A test that stands under what it reads takes part in shared queries. */
function testStep(node: DataTestNode): TestStep {
  const part = { measure: 'count(*)', failures: undefined, isExact: true };
  const isAlone = node.attachedTo === undefined || readsOf(node).length > 1;
  const step = { ...compiled(node), part: isAlone ? undefined : part };
  return { compiled: step, known: undefined, cacheable: true };
}

function compiled<N extends ModelNode | DataTestNode>(node: N): CompiledNode<N> {
  return { node, sql: '', map: { originAt: () => undefined }, reads: readsOf(node), nondeterminism: [] };
}

function readsOf({ references }: ModelNode | DataTestNode): readonly string[] {
  return references.map(({ uniqueId }) => uniqueId);
}

/** Everything that a model reads, directly or not, whether it is selected or not. */
export function upstreamOf(id: string, { reads }: Pick<RandomPlan, 'reads'>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (at: string) => {
    for (const read of reads.get(at) ?? []) {
      found.add(read);
      visit(read);
    }
  };
  visit(id);
  return found;
}
