import { onTestFinished } from 'vitest';
import type { LandingPlace } from '../../../src/project/project.ts';
import { type S3Server, type S3ServerOptions, startS3Server } from './s3-server.ts';

export const BUCKET = 'landing-bucket';
const ACCESS_KEY = 'AKIATEST';
const SECRET = 'the secret of AKIATEST';

/** What a program sees of the environment to reach the server, and nothing else of AWS. */
export const AWS_ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: ACCESS_KEY,
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
};

/** A server for one test, with a bucket and an access key, which this process has in its environment meanwhile. */
export async function testServer(options: Partial<S3ServerOptions> = {}): Promise<S3Server> {
  const server = await startS3Server({ accessKeys: { [ACCESS_KEY]: SECRET }, buckets: [BUCKET], ...options });
  const restore = setEnvironment(AWS_ENVIRONMENT);
  onTestFinished(async () => {
    restore();
    await server.close();
  });
  return server;
}

/** A landing zone at a server. */
export function placeAt({ endpoint }: S3Server, more: Partial<LandingPlace> = {}): LandingPlace {
  return { address: `s3://${BUCKET}/zone`, endpoint, forcePathStyle: true, ...more };
}

/** Sets variables of this process and gives what undoes it; undefined removes one. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = ([name, value]: readonly [string, string | undefined]) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  Object.entries(variables).forEach(set);
  return () => before.forEach(set);
}
