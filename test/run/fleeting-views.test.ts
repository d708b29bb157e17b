import { describe, expect, it } from 'vitest';
import { modelProject, SHOP_YML } from '../support/model.ts';

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

/** A view over a view over a view, and a table that reads the last one. */
const tower = {
  'models/a.sql': '{{config materialized="view"}} select 1 as n\n',
  'models/b.sql': '{{config materialized="view"}} select n from {{ref "a"}}\n',
  'models/c.sql': '{{config materialized="view"}} select n from {{ref "b"}}\n',
  'models/d.sql': 'select n from {{ref "c"}}\n',
};
const BROKEN = '{{config materialized="view"}} select {{nope}} as n\n';

describe('A view with a mistake', () => {
  it('does not stop a run that reads it through other views, as it is published', async () => {
    const model = modelProject(tower);
    await model.build();
    model.write({ 'models/a.sql': BROKEN });
    const ran = await model.build({ select: ['d'] });
    expect(ran.ended).toEqual({ d: 'success' });
    expect(ran.warnings).toEqual([]);
  });

  it('stops a run that reads it without another view between', async () => {
    const model = modelProject(tower);
    await model.build();
    model.write({ 'models/c.sql': BROKEN });
    await expect(model.build({ select: ['d'] })).rejects.toThrow('TPL-023');
  });

  it('is told of where it is an ephemeral model that also a guarding test reads', async () => {
    const model = modelProject({
      ...tower,
      'project.yml': SHOP_YML.replace('threads: 2', 'threads: 2, publish_untested: false'),
      'models/a.sql': '{{config materialized="ephemeral"}} select 1 as n\n',
      'models/d.yml':
        'models: [{ name: d, columns: [{ name: n, tests: [relationships: { to: a, field: n }] }] }]\n',
    });
    await model.build();
    model.write({ 'models/a.sql': BROKEN.replace('view', 'ephemeral') });
    await expect(model.run({ select: ['d'] })).rejects.toThrow('TPL-023');
  });
});
