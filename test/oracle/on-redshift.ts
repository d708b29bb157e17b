import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openLanding } from '../../src/landing/open-landing.ts';
import { openRedshift } from '../../src/warehouse/redshift/redshift-warehouse.ts';
import { BUCKET, type TestRedshift } from '../support/redshift/database.ts';
import { AWS_ENVIRONMENT } from '../support/s3/s3-place.ts';
import type { Place } from './reference-project.ts';

/**
 * The stand-in for Redshift, fed from its S3 server; who is granted to must be there. The SDK of AWS reads this process's
 * environment, which must hold what `AWS_ENVIRONMENT` does.
 */
export function onRedshift(redshift: TestRedshift): Place {
  return {
    target: 'prod',
    env: (root) => {
      const { host, user, password, database, iam_role: role } = redshift.settings;
      return {
        ...{ ...process.env, ...AWS_ENVIRONMENT, AWS_REGION: 'us-east-1', MODEL_LANDING: zoneOf(root) },
        ...{ REDSHIFT_HOST: host, REDSHIFT_USER: user, REDSHIFT_PASSWORD: password },
        ...{ REDSHIFT_DATABASE: database, REDSHIFT_COPY_ROLE: role },
      };
    },
    project: (yml) => yml.replace(/^( +)region: .*$/m, (line, indent) => [line, ...reach(indent)].join('\n')),
    open: () => openRedshift(redshift.settings, { threads: 1 }),
    landing: { upload, download },
  };

  /** Where the two servers are. */
  function reach(indent: string): readonly string[] {
    const lines = [`port: ${redshift.settings.port}`, `endpoint: ${redshift.s3.endpoint}`];
    return [...lines, 'force_path_style: true'].map((line) => `${indent}${line}`);
  }

  async function upload(root: string): Promise<void> {
    const { endpoint } = redshift.s3;
    const zone = await openLanding({
      address: zoneOf(root),
      region: 'us-east-1',
      endpoint,
      forcePathStyle: true,
    });
    const folder = join(root, 'landing');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name);
      await zone.write(file.slice(folder.length + 1), readFileSync(file));
    }
  }

  /** Manifests in a folder name their parts without an address. */
  async function download(root: string): Promise<void> {
    const folder = join(root, 'landing');
    const prefix = `${basename(root)}/`;
    rmSync(folder, { recursive: true, force: true });
    for (const key of redshift.s3.keys(BUCKET).filter((name) => name.startsWith(prefix))) {
      const file = join(folder, key.slice(prefix.length));
      mkdirSync(dirname(file), { recursive: true });
      const content = await redshift.s3.read(BUCKET, key);
      const address = `s3://${BUCKET}/${dirname(key)}/`;
      writeFileSync(
        file,
        key.endsWith('manifest.json') ? content.toString('utf8').replaceAll(address, '') : content,
      );
    }
  }
}

function zoneOf(root: string): string {
  return `s3://${BUCKET}/${basename(root)}`;
}
