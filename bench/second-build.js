// `model build` of the reference project when nothing changed since the last one.
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';

export function figures() {
  const cwd = referenceProject();
  const args = [MODEL, 'build', '--preset', 'demo'];
  measure(args, { cwd });
  const { again } = measureInTurn({ again: { args, cwd } });
  return [{ name: 'second build, nothing changed', value: again.seconds, limit: 1, unit: 's' }];
}
