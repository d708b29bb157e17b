import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DiagnosticError, RunEvent } from '../../src/index.ts';
import { modelProject } from '../support/model.ts';

/** A device on which every write finds the disk full. */
const FULL = '/dev/full';

test.skipIf(!existsSync(FULL))(
  'A run that cannot write its results tells what it built, and names the file',
  async () => {
    const model = modelProject({ 'models/a.sql': 'select 1 as n\n' });
    const target = join(model.root, 'target');
    mkdirSync(target);
    symlinkSync(FULL, join(target, `.run_results.json.${process.pid}`));
    const events: RunEvent[] = [];
    const failure = await model
      .build({ tell: (event) => events.push(event) })
      .catch((error: unknown) => error as DiagnosticError);
    expect(failure).toMatchObject({
      diagnostics: [
        {
          code: 'RUN-103',
          message: '"target/run_results.json" cannot be written: no space left on device.',
        },
      ],
    });
    expect(events.at(-1)).toMatchObject({
      kind: 'run-finished',
      summary: { outcome: 'success', counts: { built: 1 }, published: ['a'] },
    });
    expect(await model.sql('select n from analytics.a')).toEqual([{ n: 1 }]);
    expect(readdirSync(target).sort()).toEqual(['compiled', 'manifest.json', 'run']);
  },
);
