import { describe, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';

const named = (alias: string, n: number, publish = 'view') =>
  `{{config alias="${alias}" publish="${publish}"}}\nselect ${n} as n\n`;

describe('Two models that swap their names', () => {
  it.each(['view', 'table'])('are swapped in one publish (publish: %s)', async (publish) => {
    const model = modelProject({
      'models/a.sql': named('one', 1, publish),
      'models/b.sql': named('two', 2, publish),
    });
    await model.run();
    model.write({ 'models/a.sql': named('two', 1, publish), 'models/b.sql': named('one', 2, publish) });
    const { ended, published } = await model.run();
    expect(ended).toEqual({ a: 'reused', b: 'reused' });
    expect(published).toEqual(['a', 'b']);
    const shown = 'select one.n as one, two.n as two from analytics.one, analytics.two';
    expect(await model.sql(shown)).toEqual([{ one: 2, two: 1 }]);
  });

  it('are read under their present name while only one of them has been published', async () => {
    const model = modelProject({
      'models/a.sql': named('one', 1),
      'models/b.sql': named('two', 2),
      'models/c.sql': 'select n from {{ref "a"}}\n',
    });
    await model.run();
    model.write({ 'models/a.sql': named('two', 11), 'models/b.sql': named('one', 2) });
    await model.run({ select: ['a'] });
    const { ended, warnings } = await model.run({ select: ['c'] });
    expect({ ended, warnings }).toEqual({ ended: { c: 'success' }, warnings: [] });
    expect(await model.sql('select n from analytics.c')).toEqual([{ n: 11 }]);
  });
});
