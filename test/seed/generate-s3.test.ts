import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../../src/seed/generate.ts';
import { placeAt, testServer } from '../support/s3/s3-place.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

const REFERENCE = join(import.meta.dirname, '../..');

test('A generation into S3 that has nothing to do lists each table, and asks for no batch by itself', async () => {
  const server = await testServer();
  const { project, seeds } = seedProject(REFERENCE, scratchFolder());
  const inS3 = { ...project, target: { ...project.target, landing: placeAt(server) } };
  const options = { preset: 'tiny', days: 5, users: 5 };
  const first = await generate({ project: inS3, seeds, options });
  expect(first.batchesWritten).toBeGreaterThan(10);
  const before = server.requests.length;
  expect(await generate({ project: inS3, seeds, options: {} })).toMatchObject({ unchanged: true });
  const operations = server.requests.slice(before).map(({ operation }) => operation);
  expect(operations.filter((operation) => operation === 'ListObjectsV2')).toHaveLength(4);
  expect(operations.length).toBeLessThan(8);
});
