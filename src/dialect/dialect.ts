import type { Helper } from '../template/helper.ts';
import type { Column, ColumnType } from './column-type.ts';
import type { Nondeterminism } from './nondeterminism.ts';
import type { Relation } from './relation.ts';
import type { Token } from './token.ts';

/** A value that a dialect can write as a literal; dates and timestamps are ISO text with their type named by a cast. */
export type Scalar = string | number | bigint | boolean | null;

/** What an engine can do; callers ask these, never for its name. */
export interface Capabilities {
  /** Grants to roles exist. */
  readonly grants: boolean;
  /** The catalog shows grants and roles only to whom they concern: what it does not show may be there. */
  readonly hidesGrants?: true;
  /** The engine refuses to drop a table that a view reads. */
  readonly viewDependencies: boolean;
  /** What `create or replace view` may change: any column, further columns at the end, or nothing of names and types. */
  readonly replaceView: 'freely' | 'append' | 'same';
  /** Primary keys are enforced, so that two inserts of one key cannot both succeed. */
  readonly enforcedKeys: boolean;
  /** Several processes can work on the database at once. */
  readonly sharedDatabase: boolean;
  /** One scan for many tests pays off. */
  readonly fusedTests: boolean;
  /** How CSV gets into a table. */
  readonly csv: CsvSource['kind'];
  /** The engine writes files beside its caller: `exportQuery`, `exportDatabase`. */
  readonly exports: boolean;
  /** Views can be bound late; such a view carries no comments, and reads no recursive common table. */
  readonly lateBinding?: true;
  /** Columns have encodings, which `create table … as` cannot give. */
  readonly encodings?: true;
  /** A wait for a lock has no limit of its own: `publishSettings` limit whole statements, which no copying may be among. */
  readonly limitsStatements?: true;
  /** Compiled SQL is linted before a run (compile/portability): it is developed elsewhere, and this engine lacks much. */
  readonly portabilityLint?: true;
  /** Bare literals that a subquery selects have no type, and cannot be cast over it; the name that the engine has for none. */
  readonly untypedLiterals?: string;
}

/** Storage options of a table; an engine without them ignores them. */
export interface TableOptions {
  /** `all`, `even`, `auto`, or the column to distribute by. */
  readonly dist?: string;
  readonly sort?: readonly string[];
  /** How several sort columns count; compound. */
  readonly sortStyle?: 'compound' | 'interleaved';
  /** Compression by column; only a table whose columns are declared can have it (`supports.encodings`). */
  readonly encode?: Readonly<Record<string, string>>;
  /** Whether the table belongs to the engine's snapshots; true. */
  readonly backup?: boolean;
}

/** How a view is made; an engine that knows one way ignores it. */
export interface ViewOptions {
  /** Names are looked up when the view is read, not when it is made. */
  readonly lateBinding?: boolean;
}

/** Where the CSV of a load comes from. */
export type CsvSource =
  /** Local files that the engine reads. */
  | { readonly kind: 'files'; readonly files: readonly string[]; readonly gzip: boolean }
  /** Uncompressed CSV that the session sends after the statement. */
  | { readonly kind: 'stream' }
  /** A list of objects that the engine fetches for itself, with a role of its own. */
  | {
      readonly kind: 'manifest';
      readonly url: string;
      readonly gzip: boolean;
      readonly iamRole: string;
      /** Of the bucket, where it is not the warehouse's own. */
      readonly region?: string;
    };

/** A load of CSV, all with the same header; it fails at the first row that does not fit. */
export interface CsvLoad {
  readonly into: Relation;
  readonly columns: readonly Column[];
  /** The text that stands for NULL where it is not quoted; an empty cell is the empty string unless this is ''. */
  readonly nullMarker: string;
  readonly from: CsvSource;
  /** Rows are parsed and not inserted, by engines that can do so; on others `into` is to be rolled back. */
  readonly parseOnly?: true;
}

/** The loads whose refused cells are wanted: those of one session since a moment of the engine's clock. */
export interface LoadScope {
  /** The engine's number of the session. */
  readonly session: number;
  /** ISO text in UTC, such as `2025-12-31 23:59:58`. */
  readonly since: string;
}

/** Where an engine that fetches CSV for itself writes down what it refused; that outlasts a rollback. */
export interface LoadErrorLog {
  /** Whether an error speaks of refused cells; of what else a load fails is in its own message only. */
  isMeantBy(message: string): boolean;
  /** One row: the columns of `LoadScope`, for what this session loads from now on. */
  readonly scopeQuery: string;
  /**
   * The refused cells, best source first; the first that the engine has is enough. Columns: file_name, line_number, column_name,
   * raw_value, reason; column and value may be NULL.
   */
  queries(scope: LoadScope): readonly string[];
}

/**
 * A dialect turns typed descriptions into SQL text. It does no I/O and holds no state.
 * Every method that takes SQL trusts it; every method that takes a name or a value quotes it.
 */
export interface Dialect {
  readonly name: string;
  readonly supports: Capabilities;
  /** The schema of tables that only their session sees, and that end with it; undefined where none is known. */
  readonly sessionSchema?: string;
  /** The longest identifier, in bytes of UTF-8; longer ones are cut by the engine. */
  readonly identifierBytes: number;
  /** Statements that every session begins with: time zone, integer division, NULL order. Part of version keys. */
  readonly sessionSettings: readonly string[];
  /** Statements that the n-th try of a publish begins with, so that it soon gives way to readers and tries again. */
  publishSettings(attempt: number): readonly string[];
  /** The portable macro library: `dateadd`, `date_trunc`, `cast_to`, … with this engine's bodies. */
  readonly macros: readonly Helper[];

  /** How the engine sees a quoted identifier when it compares names (DuckDB: lower case), cut to `identifierBytes`. */
  fold(identifier: string): string;
  quote(identifier: string): string;
  relation(relation: Relation): string;
  literal(value: Scalar): string;
  type(type: ColumnType): string;
  /** The portable type of a type name that the engine's catalog gives; undefined where there is none. */
  parseType(engineType: string): ColumnType | undefined;
  cast(expression: string, type: ColumnType): string;
  /** NULL-safe equality in the form that this engine is fast at; faster where the type of both sides is known. */
  nullSafeEquals(left: string, right: string, type?: ColumnType): string;

  tokenize(sql: string): Token[];
  /** What makes a statement's result differ between two runs over the same data; empty for deterministic SQL. */
  nondeterminism(
    tokens: readonly Token[],
    declaredDeterministic: ReadonlySet<string>,
  ): readonly Nondeterminism[];
  /** Functions that read what no argument holds (`read_csv`, `dblink`), which a model may not call there. */
  isExternalFunction(name: string, place: 'table' | 'expression'): boolean;

  createSchema(schema: string): string;
  /** Drops an empty schema. */
  dropSchema(schema: string): string;
  /** A primary key is enforced where the engine enforces keys. */
  createTable(
    relation: Relation,
    columns: readonly Column[],
    primaryKey?: readonly string[],
    options?: TableOptions,
  ): string;
  createTableAs(relation: Relation, select: string, options: TableOptions): string;
  createView(relation: Relation, select: string, options?: ViewOptions): string;
  createOrReplaceView(relation: Relation, select: string, options?: ViewOptions): string;
  /** Views whose rows are stored, where the engine has them; they are never refreshed, as a version does not change. */
  readonly materializedViews?: {
    create(relation: Relation, select: string, options: TableOptions): string;
    drop(relation: Relation): string;
  };
  /** Tables that only the session which makes them sees, and that go with it; undefined where nobody asks for them. */
  readonly temporaryTables?: {
    relation(name: string): Relation;
    create(relation: Relation, select: string): string;
  };
  dropTable(relation: Relation): string;
  dropView(relation: Relation): string;
  renameTable(relation: Relation, name: string): string;
  commentOnRelation(kind: 'table' | 'view', relation: Relation, text: string): string;
  commentOnColumn(relation: Relation, column: string, text: string): string;
  /** A grantee is written as the project does: `tableau`, and where the engine has them `group bi`, `role reader`, `public`. */
  grantSelect(relation: Relation, grantee: string): string;
  revokeSelect(relation: Relation, grantee: string): string;
  grantUsage(schema: string, grantee: string): string;
  /**
   * Who may select from the relations of the schemas, the owner apart: table_schema, table_name, grantee (spelled as the
   * project would). A relation that is made anew is granted to them again.
   */
  grantsQuery(schemas: readonly string[]): string;
  /** Everyone who can be granted something, one column `grantee`, spelled as the project would. */
  granteesQuery(): string;
  /** Refreshes what the planner knows of a new table; undefined where the engine needs no telling. */
  analyzeTable(relation: Relation): string | undefined;
  /**
   * The first statement of a transaction that compares and sets contested rows of a table; undefined where two updates of
   * one row conflict by themselves.
   */
  lockTable(relation: Relation): string | undefined;
  /**
   * Who holds a relation that a statement of this session waits for: pid, user_name, application, state, seconds (of its
   * transaction); undefined where the engine does not tell.
   */
  lockHoldersQuery(relation: Relation): string | undefined;
  loadCsv(load: CsvLoad): string;
  /** Only where `supports.csv` is `manifest`. */
  readonly loadErrors?: LoadErrorLog;
  exportQuery(select: string, file: string, format: 'csv' | 'parquet'): string;
  /** Statements that write tables into a new database file of this engine. */
  exportDatabase(
    file: string,
    tables: readonly { readonly name: string; readonly select: string }[],
  ): readonly string[];

  /** Columns of every relation in the schemas: table_schema, table_name, kind ('table'|'view'), column_name, data_type, ordinal, in order. */
  catalogQuery(schemas: readonly string[]): string;
  /**
   * The columns of one relation, whose marker it is: column_name, data_type, ordinal. Within a string of the query, too, the
   * marker becomes the name as `relation` writes it. No table may be read beside it.
   */
  columnsQuery(relation: string): string;
  /**
   * Every relation in the schemas: table_schema, table_name, kind ('table'|'view'), comment (or NULL), definition (a view's SQL,
   * else NULL). Whoever does not need definitions says so: an engine may have to open every view to write them down.
   */
  relationsQuery(schemas: readonly string[], withDefinitions?: boolean): string;
  /**
   * The views that read relations of the schemas: view_schema, view_name, table_schema, table_name; undefined where the
   * engine does not know.
   */
  dependentViewsQuery(schemas: readonly string[]): string | undefined;
  /** Names of all schemas, one column `schema_name`. */
  schemasQuery(): string;
  /** One row that changes when the relation's rows do: a count and an order-independent hash of all columns, which are named. */
  checksumQuery(relation: Relation, columns: readonly string[]): string;
  /** One row, one column `now`: the engine's clock as a timestamp in UTC. */
  clockQuery(): string;
  /** The runs that have a session at this moment: `run_id`; undefined where sessions of others cannot be seen. */
  connectedRunsQuery(): string | undefined;
}
