import { expect, test } from 'vitest';
import { liveViews } from '../../src/compile/live-views.ts';
import { fixtureManifest, modelId, sourceId } from './fixture-manifest.ts';

test('a view is live if it reaches a source with no table between', () => {
  const model = (materialized: 'view' | 'table' | 'ephemeral', ...reads: readonly string[]) => ({
    sql: 'select 1',
    materialized,
    reads,
  });
  const manifest = fixtureManifest({
    sources: ['events'],
    models: {
      direct: model('view', sourceId('events')),
      through: model('view', modelId('passed'), modelId('stored')),
      passed: model('ephemeral', modelId('direct')),
      stored: model('table', sourceId('events')),
      safe: model('view', modelId('stored')),
      alone: model('view'),
      wide: model('table', modelId('direct')),
    },
  });
  expect([...liveViews(manifest)].sort()).toEqual([modelId('direct'), modelId('passed'), modelId('through')]);
});

test('a long chain of views is followed to its end', () => {
  const models = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [
      `m${index}`,
      {
        sql: 'select 1',
        materialized: 'view' as const,
        reads: [index === 0 ? sourceId('x') : modelId(`m${index - 1}`)],
      },
    ]),
  );
  expect(liveViews(fixtureManifest({ sources: ['x'], models })).size).toBe(20_000);
});
