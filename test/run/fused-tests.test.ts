import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CompiledTest, compileDataTests } from '../../src/data-test/compile-data-test.ts';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { type Fusion, planFusions } from '../../src/run/fusion.ts';
import type { TestStep } from '../../src/run/plan.ts';
import { type FusedCount, runFusion } from '../../src/run/run-fusion.ts';
import { runTest } from '../../src/run/run-test.ts';
import { fixtureCompilation, genericTestNode } from '../compile/fixture-manifest.ts';
import { describeEngines, type TestEngine } from '../support/engines.ts';
import { queryOf, type RandomTest, randomRows, randomTests } from './random-tests.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
const TESTED = { schema: 'analytics', name: 'tested' };
const NEVER = new AbortController().signal;

/** The dialect as if sharing paid off everywhere. */
function fusing(dialect: Dialect): Dialect {
  return { ...dialect, supports: { ...dialect.supports, fusedTests: true } };
}

function stepsOf(tests: readonly RandomTest[], dialect: Dialect): ReadonlyMap<string, TestStep> {
  const nodes = tests.map(({ name, declared }, index) => {
    const node = genericTestNode(name, declared);
    return { ...node, uniqueId: `${node.uniqueId}.${index}`, name: `${name}_${index}` };
  });
  const { compilation } = fixtureCompilation({
    dialect: fusing(dialect),
    models: { tested: 'select 1' },
    tests: nodes,
    variables: { as_of_date: '2025-12-31' },
  });
  const stepOf = (compiled: CompiledTest) => ({ compiled, known: undefined, cacheable: true });
  return new Map([...compileDataTests(compilation)].map(([id, compiled]) => [id, stepOf(compiled)]));
}

/** An end with the number of its rows, which come in any order. */
function unordered(end: Awaited<ReturnType<typeof endOf>>['end']) {
  return 'error' in end ? end : { ...end, sample: end.sample?.rows.length };
}

/** How a test ends: its verdict and count, or why it cannot be run. */
async function endOf(step: TestStep, { session, dialect }: TestEngine, fused?: FusedCount) {
  const sent: string[] = [];
  const context = {
    ...{ session, dialect, samples: true, personal: new Set<string>(), leading: () => [], signal: NEVER },
    leading: () => [],
    runId: 'run',
    relationOf: () => TESTED,
    sent: (_: string, statements: readonly string[]) => void sent.push(...statements),
  };
  const end = await runTest(step, context, fused).catch((error: unknown) => {
    if (error instanceof DiagnosticError) return { error: error.diagnostics[0]?.message };
    throw error;
  });
  return { end, sent };
}

async function endsOf(
  steps: ReadonlyMap<string, TestStep>,
  engine: TestEngine,
  counts: ReadonlyMap<string, FusedCount>,
) {
  const ends: Awaited<ReturnType<typeof endOf>>[] = [];
  for (const [id, step] of steps) ends.push(await endOf(step, engine, counts.get(id)));
  return ends;
}

async function countsOf(fusions: Iterable<Fusion>, { session, dialect }: TestEngine) {
  const counts = new Map<string, FusedCount>();
  const context = { session, dialect, relationOf: () => TESTED, clock: () => new Date(0), signal: NEVER };
  for (const fusion of fusions)
    for (const [test, count] of await runFusion(fusion, context)) counts.set(test, count);
  return counts;
}

async function fill({ session }: TestEngine, query: string): Promise<void> {
  await session.execute('drop table if exists analytics.tested');
  await session.execute(`create table analytics.tested as ${query}`);
}

const notNull = (column: string): RandomTest => ({ name: 'not_null', declared: { column } });
const isTrue = (expression: string): RandomTest => ({
  name: 'expression_is_true',
  declared: { arguments: { expression } },
});

describeEngines('Tests that share a query', (engine) => {
  beforeAll(async () => {
    await engine.session.execute('create schema analytics');
  });

  it('end as each does by itself', { timeout: 300_000 }, async () => {
    const told = { shared: 0, failing: 0, broken: 0 };
    await fc.assert(
      fc.asyncProperty(randomRows, randomTests, async (rows, tests) => {
        await fill(engine, queryOf(rows, engine.dialect));
        const steps = stepsOf(tests, engine.dialect);
        const counts = await countsOf(planFusions(steps).values(), engine);
        for (const [id, step] of steps) {
          const shared = await endOf(step, engine, counts.get(id));
          const alone = await endOf(step, engine);
          expect(unordered(shared.end), alone.sent.join()).toEqual(unordered(alone.end));
          if (counts.get(id)?.failures !== undefined) told.shared += 1;
          if ((counts.get(id)?.failures ?? 0) > 0) told.failing += 1;
          if ('error' in alone.end) told.broken += 1;
        }
      }),
      { numRuns: engine.name === 'redshift' ? 60 : FULL ? 250 : 100 },
    );
    expect(Math.min(...Object.values(told))).toBeGreaterThan(5);
  });

  it('are not stopped by one whose expression is an error', async () => {
    await fill(engine, 'select 1 as a, 0 as b');
    const steps = stepsOf([notNull('a'), isTrue('1 / b > 0 and nothing'), isTrue('b > 0')], engine.dialect);
    const counts = await countsOf(planFusions(steps).values(), engine);
    expect([...counts.values()].map(({ failures }) => failures)).toEqual([undefined, undefined, undefined]);
    const [first, second, third] = await endsOf(steps, engine, counts);
    expect(first?.end).toMatchObject({ verdict: 'pass', failures: 0 });
    expect(second?.end).toHaveProperty('error');
    expect(third?.end).toMatchObject({ verdict: 'fail', failures: 1 });
    expect(first?.sent).toHaveLength(2);
  });

  it('send nothing of their own but for rows, once they are told', async () => {
    await fill(engine, 'select 1 as a, cast(null as int) as b union all select 2, null');
    const steps = stepsOf([notNull('a'), notNull('b')], engine.dialect);
    const counts = await countsOf(planFusions(steps).values(), engine);
    const [passed, failed] = await endsOf(steps, engine, counts);
    expect(passed?.sent).toEqual(failed?.sent);
    expect(failed?.end).toMatchObject({ verdict: 'fail', failures: 2 });
    expect(failed?.end).toHaveProperty('sample.rows.length', 2);
  });
});

describe('The tests of a relation', () => {
  const uses = (length: number) => Array.from({ length }, (_, index) => notNull(`column_${index}`));

  it('share several queries where they are many', () => {
    const fusions = [...planFusions(stepsOf(uses(120), postgresDialect)).values()];
    expect(fusions.map(({ parts }) => parts.length)).toEqual([50, 50, 20]);
    expect(new Set(fusions.map(({ id }) => id)).size).toBe(3);
  });

  it('share none where one is left, or known already', () => {
    expect(planFusions(stepsOf(uses(1), postgresDialect)).size).toBe(0);
    const known = { verdict: 'pass', failures: 0 } as const;
    const steps = [...stepsOf(uses(2), postgresDialect)].map(
      ([id, step], index) => [id, index === 0 ? { ...step, known } : step] as const,
    );
    expect(planFusions(new Map(steps)).size).toBe(0);
  });
});
