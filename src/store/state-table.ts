import type { ColumnType } from '../dialect/column-type.ts';
import type { Relation } from '../dialect/relation.ts';

/** A state table of a store: its columns, each with what it means, and its primary key. */
export interface StateTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly StateColumn[];
  readonly primaryKey: readonly string[];
}

export interface StateColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
}

/** The address of a state table in a store. */
export function stateRelation(store: string, table: StateTable): Relation {
  return { schema: store, name: table.name };
}

const text: ColumnType = { kind: 'varchar' };
const integer: ColumnType = { kind: 'integer' };
const bigint: ColumnType = { kind: 'bigint' };
const flag: ColumnType = { kind: 'boolean' };
const timestamp: ColumnType = { kind: 'timestamp' };

export const VERSION = defineTable(
  '_version',
  'Every version ever claimed: one row an attempt.',
  ['version_key', 'attempt'],
  {
    physical_name: [text, 'Name of the table or view in this schema.'],
    version_key: [text, 'Hash of everything that the rows depend on.'],
    attempt: [integer, 'Counts the attempts to build this key, from 1.'],
    node: [text, 'Unique id of the node that it was built for.'],
    kind: [text, 'table or view; empty until it is complete.'],
    status: [text, 'building, complete, failed, or abandoned by a dead run.'],
    run_id: [text, 'The run that claimed it.'],
    claimed_at: [timestamp, 'When the row was inserted.'],
    completed_at: [timestamp, 'When the build was over.'],
    duration_ms: [integer, 'How long the build took.'],
    columns: [text, 'JSON: name and type of each column.'],
    dependencies: [text, 'JSON: schema and name of each version that it was made from.'],
    live: [flag, 'A view whose rows change without a new version.'],
    pruned_at: [timestamp, 'When it was dropped, or found missing.'],
  },
);

export const ENVIRONMENT = defineTable('_environment', 'This environment: one row.', ['name'], {
  name: [text, 'default, or what --env named.'],
  sequence: [integer, 'The publication that is shown now; 0: none yet.'],
  schema_version: [integer, 'Shape of the state tables.'],
  created_at: [timestamp, 'When the store was created.'],
  published_at: [timestamp, 'When the current publication was made.'],
  writer: [
    text,
    'A mark that every publish and every drop of a version makes anew, so that two at once conflict.',
  ],
});

export const PUBLICATION = defineTable(
  '_publication',
  'What each publication showed: one row for each published relation.',
  ['sequence', 'relation_schema', 'relation_name'],
  {
    sequence: [integer, 'Number of the publication, from 1.'],
    relation_schema: [text, 'Published schema.'],
    relation_name: [text, 'Published name.'],
    unique_id: [text, 'The node.'],
    change: [text, 'Against the publication before: added, changed, kept, retired or removed.'],
    version_schema: [text, 'Store of the version that is shown.'],
    version_name: [text, 'Name of the version that is shown.'],
    version_key: [text, 'Its key.'],
    publish: [text, 'view: reads the version; table: a copy of it.'],
    columns: [text, 'JSON: name, pinned type and description of each column.'],
    description: [text, 'Comment of the relation.'],
    grants: [text, 'JSON: roles that may select.'],
    storage: [text, 'JSON: dist and sort keys of a published table.'],
    retired_at: [timestamp, 'When the node was first missing from the project.'],
    run_id: [text, 'The run that published.'],
    git_commit: [text, 'Commit of the project, where known.'],
    restores: [integer, 'The publication that a rollback brought back.'],
    published_at: [timestamp, 'When it was published.'],
  },
);

export const LOAD = defineTable(
  '_load',
  'What landed tables hold: one row a partition.',
  ['table_name', 'partition_value'],
  {
    table_name: [text, 'The landed table.'],
    partition_value: [text, 'The partition, such as 2025-01-31; empty for a table without partitions.'],
    content_hash: [text, 'Hash of columns and CSV bytes; null: nothing is loaded.'],
    load_id: [text, 'The load that filled it.'],
    row_count: [bigint, 'Rows loaded.'],
    loaded_at: [timestamp, 'When it was loaded.'],
  },
);

export const RUN = defineTable('_run', 'Every run of this environment.', ['run_id'], {
  run_id: [text, 'The run.'],
  command: [text, 'What was typed.'],
  status: [text, 'running, succeeded, rejected by its tests, failed or cancelled.'],
  process: [text, 'Random text of the process that runs it.'],
  git_commit: [text, 'Commit of the project, where known.'],
  started_at: [timestamp, 'When it began.'],
  heartbeat_at: [timestamp, 'When it last said that it was alive.'],
  ended_at: [timestamp, 'When it ended.'],
  tokens: [text, 'JSON: salts and source tokens by unique id, which a rerun after a failure inherits.'],
  pins: [text, 'JSON: versions that prune leaves alone; null: not planned yet.'],
});

export const VERDICT = defineTable(
  '_verdict',
  'How tests ended that did not fail, by the key of all that they read.',
  ['test_key'],
  {
    test_key: [text, 'Hash of the SQL and of every relation that it reads.'],
    unique_id: [text, 'The test.'],
    verdict: [text, 'pass or warn.'],
    failures: [bigint, 'How many rows failed.'],
    run_id: [text, 'The run in which it was tested.'],
    tested_at: [timestamp, 'When it was tested.'],
  },
);

function defineTable(
  name: string,
  description: string,
  primaryKey: readonly string[],
  columns: Readonly<Record<string, readonly [ColumnType, string]>>,
): StateTable {
  return {
    name,
    description,
    primaryKey,
    columns: Object.entries(columns).map(([column, [type, meaning]]) => ({
      name: column,
      type,
      description: meaning,
    })),
  };
}
