import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { AWS_ENVIRONMENT, setEnvironment } from '../s3/s3-place.ts';
import { emptySchema, type TestCluster } from './cluster.ts';
import { BUCKET, COPY_ROLE, type TestRedshift } from './database.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { SpecClient } from './spec-client.ts';

/** The stand-in as a cluster for specs, and its S3 server as their landing. */
export function standInCluster(redshift: TestRedshift): TestCluster {
  const schema = `spec_${randomBytes(4).toString('hex')}`;
  const connect: TestCluster['connect'] = async (changes) =>
    new SpecClient(await redshift.connect(changes), schema);
  let restore = () => {};
  beforeAll(async () => {
    restore = setEnvironment({ ...AWS_ENVIRONMENT, AWS_REGION: 'us-east-1' });
    await emptySchema(await connect());
  });
  afterAll(() => restore());
  return {
    ...{ kind: 'stand-in', schema, hasLanding: true, ledger: new MemoryLedger() },
    connect,
    clear: async () => emptySchema(await connect()),
    get settings() {
      return redshift.settings;
    },
    get landing() {
      const { endpoint } = redshift.s3;
      const place = { address: `s3://${BUCKET}/specs`, region: 'us-east-1', endpoint, forcePathStyle: true };
      return { place, iamRole: COPY_ROLE };
    },
  };
}
