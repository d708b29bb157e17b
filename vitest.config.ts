import { defineConfig } from 'vitest/config';
import { scratchPlace } from './test/support/scratch-place.ts';

process.env['TMPDIR'] ??= scratchPlace();

export default defineConfig({
  resolve: { alias: { modelwright: new URL('./src/index.ts', import.meta.url).pathname } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
