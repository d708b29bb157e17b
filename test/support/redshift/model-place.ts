import { openRedshift } from '../../../src/warehouse/redshift/redshift-warehouse.ts';
import type { ModelPlace } from '../model.ts';
import { BUCKET, type TestRedshift } from './database.ts';

/**
 * The stand-in as the place of a project, whose batches land below a prefix of its bucket; `more` is further text of its
 * project.yml. The SDK of AWS reads this process's environment, which must hold what `AWS_ENVIRONMENT` does.
 */
export function onStandIn(redshift: TestRedshift, prefix: string, more = ''): ModelPlace {
  const { password, ...settings } = redshift.settings;
  const target = {
    ...{ adapter: 'redshift', ...settings, password: '{{env_var "REDSHIFT_PASSWORD"}}', schema: 'analytics' },
    ...{ threads: 2, landing: `s3://${BUCKET}/${prefix}`, region: 'us-east-1' },
    ...{ endpoint: redshift.s3.endpoint, force_path_style: true },
  };
  return {
    projectYml: `name: shop
target: prod
targets:
  prod: ${JSON.stringify(target)}
models:
  +materialized: table
${more}`,
    env: { REDSHIFT_PASSWORD: password },
    open: () => openRedshift(redshift.settings, { threads: 2 }),
  };
}
