const NO_INCREMENTAL = 'There are no incremental models yet: write a table.';

/** What takes the place of keys that dbt's files have and ours do not. */
const INSTEAD: Readonly<Record<string, string>> = {
  profile: 'Connections stand in this file, under "targets".',
  quoting: 'Names are quoted where they must be: take it out.',
  clean_targets: '"model clean" removes target/ and nothing else: take it out.',
  target_path: 'Artifacts are written to target/: take it out.',
  constraints: 'Write data tests instead.',
  contract: 'A column is pinned by its "data_type": take it out.',
  quote: 'Names are quoted where they must be: take it out.',
  persist_docs: 'Descriptions always become comments in the warehouse: take it out.',
  store_failures_as: 'Failing rows are kept as tables: write "store_failures: true".',
  database: 'A target is one database: take it out.',
  freshness: 'Freshness belongs to sources: take it out here.',
  incremental: NO_INCREMENTAL,
  incremental_predicates: NO_INCREMENTAL,
  incremental_strategy: NO_INCREMENTAL,
  on_schema_change: NO_INCREMENTAL,
  unique_key: NO_INCREMENTAL,
};

/** Keys of dbt's that nothing here reads, in snake_case. */
const UNREAD = new Set([
  ...['access', 'analyses', 'analysis_paths', 'asset_paths', 'deprecation_date', 'dispatch', 'docs'],
  ...['docs_paths', 'event_time', 'exposures', 'full_refresh', 'group', 'groups', 'hooks'],
  ...[
    'latest_version',
    'loader',
    'log_path',
    'metrics',
    'on_run_end',
    'on_run_start',
    'packages_install_path',
  ],
  ...['post_hook', 'pre_hook', 'query_comment', 'require_dbt_version', 'saved_queries', 'semantic_models'],
  ...['snapshot_paths', 'snapshots', 'sql_header', 'transient', 'versions'],
]);

/** Advice on a key that dbt knows and we do not; undefined for any other key. */
export function adviceOnDbtKey(written: string): string | undefined {
  const key = written.replaceAll('-', '_');
  if (Object.hasOwn(INSTEAD, key)) return INSTEAD[key];
  return UNREAD.has(key) ? 'dbt reads this key and nothing here does: take it out.' : undefined;
}

/** Advice on a value that a key of ours has in dbt and not here; undefined for any other value. */
export function adviceOnDbtValue(key: string, value: unknown): string | undefined {
  return key === 'materialized' && value === 'incremental' ? NO_INCREMENTAL : undefined;
}
