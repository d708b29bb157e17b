import { MODEL, measure } from './measure.js';
import { referenceProject } from './scratch.js';
import { size } from './size.js';

let root;

/** The reference project with generated data in its landing zone, which benchmarks share: to make them takes minutes. */
export function landedProject() {
  root ??= generated();
  return root;
}

/** What is in the landing zone, for the names of figures. */
export const landed = `${size.landedUsers} users and ${size.days} days`;

function generated() {
  const cwd = referenceProject();
  const { landedUsers, days } = size;
  measure([MODEL, 'generate', '--quiet', '--users', String(landedUsers), '--days', String(days)], { cwd });
  return cwd;
}
