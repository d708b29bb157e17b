/** The release of dbt whose artifact formats we write. */
const DBT_VERSION = '1.12.3';

/** What an artifact says about the command that wrote it; nothing else in it changes from time to time. */
export interface Invocation {
  /** The run's id, or one made for the command. */
  readonly id: string;
  readonly startedAt: Date;
  readonly generatedAt: Date;
  /** Version of this package. */
  readonly version: string;
}

/** The `metadata` of an artifact. */
export function dbtMetadata(
  artifact: 'manifest/v12' | 'run-results/v6' | 'sources/v3',
  invocation: Invocation,
) {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${artifact}.json`,
    dbt_version: DBT_VERSION,
    generated_at: invocation.generatedAt.toISOString(),
    invocation_id: invocation.id,
    invocation_started_at: invocation.startedAt.toISOString(),
    env: { MODELWRIGHT_VERSION: invocation.version },
  };
}
