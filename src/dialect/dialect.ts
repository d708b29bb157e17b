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
  /** The engine refuses to drop a table that a view reads. */
  readonly viewDependencies: boolean;
  /** `create or replace view` may change, drop and reorder columns. */
  readonly replaceViewFreely: boolean;
  /** Several processes can work on the database at once. */
  readonly sharedDatabase: boolean;
  /** One scan for many tests pays off. */
  readonly fusedTests: boolean;
}

/** Storage options of a table; an engine without them ignores them. */
export interface TableOptions {
  readonly dist?: string;
  readonly sort?: readonly string[];
}

/** The files of a load, all CSV with the same header. */
export interface CsvLoad {
  readonly into: Relation;
  readonly columns: readonly Column[];
  /** What the engine reads: local paths here, a manifest's address on an engine that fetches for itself. */
  readonly files: readonly string[];
  readonly gzip: boolean;
  /** The text that stands for NULL where it is not quoted; an empty cell is the empty string unless this is ''. */
  readonly nullMarker: string;
  /**
   * What a row that does not fit does: `fail` fails the statement at the first one; `set-aside` loads the others,
   * and `loadRejectsQuery` lists what was left out, in the same session and transaction.
   */
  readonly badRows: 'fail' | 'set-aside';
}

/**
 * A dialect turns typed descriptions into SQL text. It does no I/O and holds no state.
 * Every method that takes SQL trusts it; every method that takes a name or a value quotes it.
 */
export interface Dialect {
  readonly name: string;
  readonly supports: Capabilities;
  /** The longest identifier, in bytes of UTF-8; longer ones are cut by the engine. */
  readonly identifierBytes: number;
  /** Statements that every session begins with: time zone, integer division, NULL order. Part of version keys. */
  readonly sessionSettings: readonly string[];
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
  /** NULL-safe equality in the form that this engine is fast at. */
  nullSafeEquals(left: string, right: string): string;

  tokenize(sql: string): Token[];
  /** What makes a statement's result differ between two runs over the same data; empty for deterministic SQL. */
  nondeterminism(
    tokens: readonly Token[],
    declaredDeterministic: ReadonlySet<string>,
  ): readonly Nondeterminism[];
  /** Functions that read what no argument holds (`read_csv`, `dblink`), which a model may not call there. */
  isExternalFunction(name: string, place: 'table' | 'expression'): boolean;

  createSchema(schema: string): string;
  dropSchema(schema: string): string;
  /** A primary key is enforced where the engine enforces keys. */
  createTable(relation: Relation, columns: readonly Column[], primaryKey?: readonly string[]): string;
  createTableAs(relation: Relation, select: string, options: TableOptions): string;
  createView(relation: Relation, select: string): string;
  createOrReplaceView(relation: Relation, select: string): string;
  dropTable(relation: Relation): string;
  dropView(relation: Relation): string;
  renameTable(relation: Relation, name: string): string;
  commentOnRelation(kind: 'table' | 'view', relation: Relation, text: string): string;
  commentOnColumn(relation: Relation, column: string, text: string): string;
  grantSelect(relation: Relation, role: string): string;
  revokeSelect(relation: Relation, role: string): string;
  loadCsv(load: CsvLoad): string;
  /**
   * What the loads of this session set aside since `forgetLoadRejects`, in order; one row for each bad value: `file`,
   * `line` (counts records from 1, the header included), `byte_offset` (of the record's start in the uncompressed file),
   * `column_name`, `value`, `reason`, `record` (the record's text); column_name and value may be null.
   */
  loadRejectsQuery(): string;
  /** Statements that empty the list of `loadRejectsQuery`; to be run before the first load that sets rows aside, too. */
  forgetLoadRejects(): readonly string[];
  exportQuery(select: string, file: string, format: 'csv' | 'parquet'): string;
  /** Statements that write tables into a new database file of this engine. */
  exportDatabase(
    file: string,
    tables: readonly { readonly name: string; readonly select: string }[],
  ): readonly string[];

  /** Columns of every relation in the schemas: table_schema, table_name, kind ('table'|'view'), column_name, data_type, ordinal, in order. */
  catalogQuery(schemas: readonly string[]): string;
  /** Every relation in the schemas: table_schema, table_name, kind ('table'|'view'), comment (or NULL), definition (a view's SQL, else NULL). */
  relationsQuery(schemas: readonly string[]): string;
  /** Names of all schemas, one column `schema_name`. */
  schemasQuery(): string;
  /** One row that changes when the relation's rows do: a count and an order-independent hash of all columns. */
  checksumQuery(relation: Relation): string;
  /** One row, one column `now`: the engine's clock as a timestamp in UTC. */
  clockQuery(): string;
}
