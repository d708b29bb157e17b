// `model test --mutate` of `daily` over the reference project's demo data on DuckDB.
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';

export function figures() {
  const cwd = referenceProject();
  measure([MODEL, 'build', '--preset', 'demo', '--quiet'], { cwd });
  const args = [MODEL, 'test', '--mutate', '--select', 'daily'];
  const { mutants } = measureInTurn({ mutants: { args, cwd } }, 1);
  return [{ name: 'all mutants of daily on the demo data', value: mutants.seconds, limit: 60, unit: 's' }];
}
