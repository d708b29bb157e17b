import { expect, test } from 'vitest';
import { describeRedshift } from './database.ts';
import { redshiftSpecs } from './specs/all.ts';
import { standInCluster } from './stand-in-cluster.ts';

describeRedshift('The stand-in for Redshift', (redshift) => {
  const cluster = standInCluster(redshift);
  redshiftSpecs(cluster);

  test('is held by specs to all that is only remembered', () => {
    const { ledger } = cluster;
    expect(ledger.verdicts().filter(({ verdict }) => verdict === 'not tried')).toEqual([]);
  });
});
