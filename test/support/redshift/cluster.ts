import type { ClientConfig } from 'pg';
import type { LandingPlace } from '../../../src/project/project.ts';
import type { RedshiftSettings } from '../../../src/project/redshift-settings.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import type { SpecClient } from './spec-client.ts';

/** A Redshift that specs run against: the stand-in, or a live cluster. */
export interface TestCluster {
  readonly kind: 'stand-in' | 'live';
  /** Of the run's own: it is there, specs make in it what they like, and it is dropped at the end. */
  readonly schema: string;
  /** Takes away all that is in the schema. */
  clear(): Promise<void>;
  /** What a target needs to log in. */
  readonly settings: RedshiftSettings;
  /** A connection that is ended with the specs. */
  connect(changes?: ClientConfig): Promise<SpecClient>;
  /** Without one, specs of COPY are skipped. */
  readonly hasLanding: boolean;
  /** Where COPY fetches from, and the role that it takes on. */
  readonly landing: TestLanding;
  /** What is seen of the facts that are only remembered. */
  readonly ledger: MemoryLedger;
}

/** A place in S3 for files of the specs, all below one prefix. The SDK of AWS finds its credentials in the environment. */
export interface TestLanding {
  /** Its address is `s3://bucket/prefix`; specs of projects land below it. */
  readonly place: LandingPlace;
  readonly iamRole: string;
}

/** Takes away what is in the schema of the run. */
export async function emptySchema(client: SpecClient): Promise<void> {
  await client.query('drop schema if exists spec cascade');
  await client.query('create schema spec');
}
