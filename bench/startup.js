// Starting the program against starting Node.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ratio } from './figure.js';
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';

const RUNS = 15;

export function figures() {
  const cwd = referenceProject();
  measure([MODEL, 'ls'], { cwd });
  const { bare, version, ls, changed } = measureInTurn(
    {
      bare: { args: ['-e', '0'] },
      version: { args: [MODEL, '--version'], cwd },
      ls: { args: [MODEL, 'ls'], cwd },
      changed: {
        args: [MODEL, 'ls'],
        cwd,
        before: () => rmSync(join(cwd, 'target', 'cache'), { recursive: true, force: true }),
      },
    },
    RUNS,
  );
  return [
    ratio('model --version to node -e 0', { ours: version, peer: bare }, 2),
    ratio('model ls to node -e 0', { ours: ls, peer: bare }, 5),
    ratio('model ls after a change of the project to node -e 0', { ours: changed, peer: bare }, 5),
  ];
}
