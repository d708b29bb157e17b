import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReferenceProject } from '../oracle/reference-project.ts';
import { modelHere } from '../support/program-here.ts';

/** Builds the reference project on a little data, and tests of each of some models that its tests notice mutants of it. */
export function testMutantsOf(models: readonly string[]): void {
  const project = new ReferenceProject();

  beforeAll(async () => {
    const generate = { seed: 1, days: 120, users: 200, asOf: '2025-12-31' };
    await project.build({ generate, asOf: generate.asOf, timezone: 'UTC' });
  });

  afterAll(() => project.remove());

  test.each(models)('the tests of %s notice nine small mistakes in ten', async (name) => {
    const cwd = project.root;
    const { code, stdout, stderr } = await modelHere(`test --mutate --kill-at-least 90 -s ${name}`, { cwd });
    expect(stdout, stderr).toMatch(new RegExp(`^${name} +[1-9]\\d* of \\d+ mutants killed by \\d+ tests`));
    expect(stdout).not.toContain('left out');
    expect(code, stdout + stderr).toBe(0);
  });
}
