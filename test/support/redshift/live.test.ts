import { describe, test } from 'vitest';
import { liveCluster, liveUrl } from './live-cluster.ts';
import { redshiftSpecs } from './specs/all.ts';

const url = liveUrl;
if (url === undefined) test.skip('A live Redshift (skipped: MODEL_LIVE_REDSHIFT_URL is not set)', () => {});
else describe('A live Redshift', () => redshiftSpecs(liveCluster(url)));
