import { describe, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';

/** A view that reads the clock, "shown" over it, which is tested, and a table over that. */
const clock = {
  'models/fixed.sql': 'select 1 as n\n',
  'models/now.sql': '{{config materialized="view"}} select n, epoch_ms(now()) as ms from {{ref "fixed"}}\n',
  'models/shown.sql': '{{config materialized="view"}} select n, ms from {{ref "now"}}\n',
  'models/kept.sql': 'select n, ms from {{ref "shown"}}\n',
  'models/shown.yml': `models:
  - name: shown
    columns: [{ name: ms, tests: [not_null] }]
`,
};

describe('A view that reads the clock', () => {
  it('is tested anew, by itself and through other views', async () => {
    const model = modelProject(clock);
    await model.build();
    expect((await model.test()).ended).toEqual({ not_null_shown_ms: 'pass' });
  });

  it('is read anew by tables over it that are built without it', async () => {
    const model = modelProject(clock);
    await model.build();
    expect((await model.run({ select: ['kept'] })).ended).toEqual({ kept: 'success' });
  });

  it('is read anew through an ephemeral model, too', async () => {
    const model = modelProject({
      ...clock,
      'models/shown.sql': '{{config materialized="ephemeral"}} select n, ms from {{ref "now"}}\n',
      'models/shown.yml': 'models: []\n',
    });
    await model.build();
    expect((await model.run({ select: ['kept'] })).ended).toEqual({ kept: 'success' });
  });

  it('does not keep what is fixed from being reused', async () => {
    const model = modelProject({ ...clock, 'models/other.sql': 'select n from {{ref "fixed"}}\n' });
    await model.build();
    expect((await model.run({ select: ['other'] })).ended).toEqual({ other: 'reused' });
  });
});
