// `model compile` of a generated project against a bare process that renders the same templates with Handlebars.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measureInTurn } from './measure.js';
import { mover } from './mover.js';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';
import { writeSyntheticProject } from './synthetic-project.js';

const PEER = fileURLToPath(new URL('./handlebars-peer.js', import.meta.url));

export function figures() {
  const [once, twice, rendered] = [scratchFolder(), scratchFolder(), scratchFolder()];
  const remove = mover();
  writeSyntheticProject(once, size.models);
  writeSyntheticProject(twice, 2 * size.models);
  const compile = [MODEL, 'compile', '--quiet'];
  const cold = (root) => ({ args: compile, cwd: root, before: () => remove(join(root, 'target')) });
  const {
    cold: first,
    peer,
    double,
  } = measureInTurn({
    cold: cold(once),
    peer: { args: [PEER, once, rendered], before: () => remove(rendered) },
    double: cold(twice),
  });
  const { same } = measureInTurn({ same: { args: compile, cwd: once } });
  return [
    ratio(`${size.models} models, cold, to Handlebars`, { ours: first, peer }, 0.6),
    { name: `${size.models} models, memory`, value: first.megabytes, limit: 300, unit: 'MB' },
    ratio(`${2 * size.models} models to ${size.models}`, { ours: double, peer: first }, 2.2),
    ratio('nothing changed, to cold', { ours: same, peer: first }, 0.2),
  ];
}
