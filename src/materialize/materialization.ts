import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { MaterializationName, NodeConfig } from '../manifest/config.ts';

/** What a materialization makes statements from: the version to create, and the node's SQL bound to its inputs' versions. */
export interface MaterializationInput {
  readonly dialect: Dialect;
  readonly version: Relation;
  readonly select: string;
  readonly config: NodeConfig;
}

/** The statement that creates a version; the node's SQL begins at offset `selectAt` of it. */
export interface VersionStatement {
  readonly sql: string;
  readonly selectAt: number;
}

/** A materialization turns a node's SQL into the statement that creates its version; it sends nothing. */
export interface Materialization {
  readonly name: MaterializationName;
  /** Part of version keys: raised when the same SQL would be built into something else. */
  readonly keyVersion: number;
  readonly relationKind: 'table' | 'view';
  readonly create: (input: MaterializationInput) => VersionStatement;
}
