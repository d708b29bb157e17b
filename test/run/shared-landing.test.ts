import { describe, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';

const seed = (rows: number) => `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer' },
  rows: () => Array.from({ length: ${rows} }, (_, i) => [i]),
});
`;

const files = {
  'seeds/numbers.ts': seed(3),
  'models/counted.sql': 'select count(*) as how_many from {{source "raw" "numbers"}}',
  'models/sources.yml': 'sources: [{ name: raw, tables: [{ name: numbers }] }]\n',
};

const HOW_MANY = 'select how_many from analytics.counted';

describe('landed data are shared by all environments', () => {
  it('a build in a named environment leaves data that have landed alone, whatever its own generator says', async () => {
    const project = modelProject(files);
    await project.build();
    project.write({ 'seeds/numbers.ts': seed(5) });
    const { ended } = await project.build({ environment: 'pr_42' });
    expect(ended['counted']).toBe('reused');
    expect(await project.sql('select how_many from analytics__pr_42.counted')).toEqual([{ how_many: 3n }]);
  });

  it('a build in a named environment generates into an empty landing zone', async () => {
    const project = modelProject(files);
    await project.build({ environment: 'pr_42' });
    expect(await project.sql('select how_many from analytics__pr_42.counted')).toEqual([{ how_many: 3n }]);
  });

  it('asking a named environment for other data is refused', async () => {
    const project = modelProject(files);
    await project.build();
    await expect(project.build({ environment: 'pr_42', seedOptions: { seed: 2 } })).rejects.toThrow(
      'RUN-009',
    );
    expect(await project.sql(HOW_MANY)).toEqual([{ how_many: 3n }]);
  });

  it('the default environment generates anew when its generator changes', async () => {
    const project = modelProject(files);
    await project.build();
    project.write({ 'seeds/numbers.ts': seed(5) });
    await project.build();
    expect(await project.sql(HOW_MANY)).toEqual([{ how_many: 5n }]);
  });
});
