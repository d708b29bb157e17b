import type { SourceText } from '../diagnostic/source-text.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Relation } from '../dialect/relation.ts';
import type { YamlValue } from '../project/project.ts';
import type { NodeConfig, TestConfig } from './config.ts';

/** What all nodes have. A unique id is `<resource type>.<project>.<name>`; tests and sources have one more part, as in dbt. */
interface NodeBase {
  readonly uniqueId: string;
  readonly name: string;
  /** Path from the project root of the file that makes the node. */
  readonly path: string;
  /** Project name, folders, name: what folder configs and selectors see. */
  readonly fqn: readonly string[];
  readonly description: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, YamlValue>>;
  /** Where the node is written: its file's first character, or its entry in a YAML file. */
  readonly span: Span;
}

/** A column's properties as declared in YAML. */
export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  /** Portable type text, `numeric(18,2)`; the published view casts to it. */
  readonly dataType: string | undefined;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, YamlValue>>;
}

/** A ref or source call in a template, found without rendering it. */
export interface Reference {
  /** Unique id of the node that it names. */
  readonly uniqueId: string;
  readonly span: Span;
}

/** A model: one SELECT in a template file. */
export interface ModelNode extends NodeBase {
  readonly resourceType: 'model';
  readonly source: SourceText;
  readonly config: NodeConfig;
  readonly columns: readonly ColumnProperties[];
  readonly references: readonly Reference[];
  /** The published relation; ephemeral models have none of that name in the warehouse. */
  readonly relation: Relation;
}

/** A static seed: a CSV file of the project, published like a model. */
export interface SeedNode extends NodeBase {
  readonly resourceType: 'seed';
  readonly source: SourceText;
  readonly sha256: string;
  readonly config: NodeConfig;
  readonly columns: readonly ColumnProperties[];
  readonly relation: Relation;
}

/** A generated seed: a TypeScript module that writes batches to the landing zone. Its rows arrive as the source of the same table name. */
export interface GeneratedSeedNode extends NodeBase {
  readonly resourceType: 'generated_seed';
  readonly sha256: string;
}

/** A table that models read and do not build: landed (`landed` = its landing table name) or foreign. */
export interface SourceNode extends NodeBase {
  readonly resourceType: 'source';
  readonly sourceName: string;
  readonly columns: readonly ColumnProperties[];
  readonly relation: Relation;
  readonly landed: string | undefined;
  /** How a foreign source's content is told apart from an earlier one; undefined: never reused. */
  readonly token: SourceToken | undefined;
}

export type SourceToken =
  | { readonly kind: 'append_only'; readonly loadedAtField: string }
  | { readonly kind: 'checksum' };

/** A data test: a query whose rows are failures. */
export interface DataTestNode extends NodeBase {
  readonly resourceType: 'test';
  readonly test: GenericTest | SingularTest;
  readonly config: TestConfig;
  /** Every relation that the test reads. */
  readonly references: readonly Reference[];
  /** The node it stands under in YAML, whose publication its failure stops; a singular test stops all that it reads. */
  readonly attachedTo: string | undefined;
}

export interface GenericTest {
  readonly kind: 'generic';
  /** Name in the catalogue: `unique`. */
  readonly testName: string;
  readonly columnName: string | undefined;
  /** Whether `columnName` was written as the argument `column_name`, where it may be an expression. */
  readonly columnIsArgument: boolean;
  /** Checked against the test's schema; strings may hold template tags; relation arguments hold the unique id. */
  readonly arguments: Readonly<Record<string, YamlValue>>;
}

export interface SingularTest {
  readonly kind: 'singular';
  readonly source: SourceText;
}

export type Node = ModelNode | SeedNode | GeneratedSeedNode | SourceNode | DataTestNode;

/** Nodes that become versions in the store. */
export type BuildableNode = ModelNode | SeedNode;
