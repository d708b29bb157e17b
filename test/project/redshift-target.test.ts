import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { fetchAccess } from '../../src/project/fetch-access.ts';
import { loadProject } from '../../src/project/load.ts';

const CLUSTER =
  'adapter: redshift, host: a.b.eu-west-1.redshift.amazonaws.com, database: dev, schema: analytics';

/** Reads a project whose only target is on Redshift, with further keys. */
async function read(more: string) {
  const root = mkdtempSync(join(tmpdir(), 'modelwright-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 'project.yml'), `name: shop\ntargets:\n  prod: { ${CLUSTER}, ${more} }\n`);
  const problems: Diagnostic[] = [];
  const request = { projectDir: root, env: {}, projectCode: false, variables: {} };
  const report = (problem: Diagnostic) => void problems.push(problem);
  const project = await loadProject(request, report).catch(() => undefined);
  return { target: project?.target, codes: problems.map(({ code }) => code) };
}

test('A Redshift target is fed from S3 with a role, by a user or with temporary credentials', async () => {
  const role = 'arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b';
  const iam = 'iam: { cluster_identifier: analytics, db_user: loader, db_groups: [etl], duration: 3600 }';
  const { target, codes } = await read(
    `${iam}, landing: s3://bucket/zone, region: eu-west-1, iam_role: "${role}"`,
  );
  expect(codes).toEqual([]);
  if (target === undefined) throw new Error('not read');
  expect(fetchAccess(target)).toEqual({ iamRole: role });
  expect((await read('user: ada, sslmode: verify-ca')).codes).toEqual([]);
  expect((await read('iam: { workgroup_name: reports }')).codes).toEqual([]);
});

test.each([
  ['a landing zone that is a folder', 'user: ada, landing: landing', 'PRJ-021'],
  ['nobody who logs in', 'landing: s3://bucket/zone', 'PRJ-022'],
  ['a user beside temporary credentials', 'user: ada, iam: { cluster_identifier: a }', 'PRJ-023'],
  ['neither cluster nor workgroup', 'iam: { db_user: ada }', 'PRJ-024'],
  ['cluster and workgroup', 'iam: { cluster_identifier: a, workgroup_name: b }', 'PRJ-024'],
  ['a database user of a workgroup', 'iam: { workgroup_name: b, db_user: ada }', 'PRJ-025'],
  ['groups of nobody', 'iam: { cluster_identifier: a, db_groups: [etl] }', 'PRJ-026'],
  ['no TLS over a network', 'user: ada, sslmode: disable', 'PRJ-027'],
  ['temporary credentials without TLS', 'iam: { cluster_identifier: a }, sslmode: disable', 'PRJ-028'],
  ['credentials that hold too long', 'iam: { cluster_identifier: a, duration: 7200 }', 'YML-005'],
])('A Redshift target with %s is refused', async (_, more, code) => {
  expect((await read(more)).codes).toEqual([code]);
});
