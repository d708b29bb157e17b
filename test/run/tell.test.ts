import { describe, expect, it } from 'vitest';
import { modelProject } from '../support/model.ts';

const FILES = {
  'models/a.sql': 'select 1 as id',
  'models/b.sql': 'select id / 0 as id, error(\'no\') as x from {{ref "a"}}',
  'models/c.sql': 'select id from {{ref "b"}}',
  'models/m.yml': 'models: [{ name: a, columns: [{ name: id, tests: [unique, not_null] }] }]',
};

describe('A caller whose tell throws', () => {
  it.each([
    'run-started',
    'stage-note',
    'node-started',
    'node-finished',
    'publish-started',
    'publish-finished',
    'run-finished',
  ] as const)('at %s gets that back, and the next run goes on', async (kind) => {
    const project = modelProject(FILES);
    const tell = (event: { readonly kind: string }) => {
      if (event.kind === kind) throw new Error('The pipe is gone.');
    };
    await expect(project.build({ tell })).rejects.toThrow('The pipe is gone.');
    const again = await project.build();
    expect(again.ended).toMatchObject({
      a: expect.stringMatching(/success|reused/),
      b: 'error',
      c: 'skipped',
    });
  });

  it('of a skipped node gets that back, too', async () => {
    const tell = ({
      kind,
      ...event
    }: {
      readonly kind: string;
      readonly result?: { readonly status: string };
    }) => {
      if (kind === 'node-finished' && event.result?.status === 'skipped')
        throw new Error('The pipe is gone.');
    };
    await expect(modelProject(FILES).build({ tell })).rejects.toThrow('The pipe is gone.');
  });
});
