import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { MaterializationName, NodeConfig } from '../manifest/config.ts';

/** What a materialization makes statements from: the version to create, and the node's SQL bound to its inputs' versions. */
export interface MaterializationInput {
  readonly dialect: Dialect;
  readonly version: Relation;
  readonly select: string;
  readonly config: NodeConfig;
  /** Those that are declared with a type. */
  readonly columns: readonly Column[];
}

/** One of the statements that create a version. */
export interface VersionStatement {
  readonly sql: string;
  /** The offset at which the node's SQL begins in it; undefined where it does not hold it. */
  readonly selectAt: number | undefined;
}

/** A materialization turns a node's SQL into the statements that create its version; it sends nothing. */
export interface Materialization {
  readonly name: MaterializationName;
  /** Part of version keys: raised when the same SQL would be built into something else. */
  readonly keyVersion: number;
  readonly relationKind: 'table' | 'view';
  readonly create: (input: MaterializationInput) => readonly VersionStatement[];
}

/** Statements with the place of the node's SQL in those that hold it. */
export function versionStatements(
  statements: readonly string[],
  select: string,
): readonly VersionStatement[] {
  return statements.map((sql) => {
    const selectAt = sql.indexOf(select);
    return { sql, selectAt: selectAt === -1 ? undefined : selectAt };
  });
}
