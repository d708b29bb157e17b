// `model test` of the reference project over its demo data on DuckDB: every test, none of them known from earlier.
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';

export function figures() {
  const cwd = referenceProject();
  measure([MODEL, 'build', '--preset', 'demo', '--quiet'], { cwd });
  const { tests } = measureInTurn({ tests: { args: [MODEL, 'test', '--no-cache', '--quiet'], cwd } });
  return [{ name: 'all tests of the demo data', value: tests.seconds, limit: 5, unit: 's' }];
}
