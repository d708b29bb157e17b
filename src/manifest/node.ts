import type { SourceText } from '../diagnostic/source-text.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Relation } from '../dialect/relation.ts';
import type { YamlValue } from '../project/project.ts';
import type { NodeConfig, TestConfig, UnitTestConfig } from './config.ts';
import type { Freshness } from './freshness.ts';

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
  /** Its name in YAML. */
  readonly span: Span;
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
  /** How old its newest rows may be; undefined: nobody asks. */
  readonly freshness: Freshness | undefined;
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
  /** The node it stands under in YAML; none for a singular test. What its failure stops is all that it reads (`run/gated-by.ts`). */
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
  /** The place of an argument, or of an item of one that is a list; of `column_name`, the name of the column. */
  readonly spanAt: (argument: string, item?: number) => Span;
  /** A test of the project's own; one of the catalogue has none. */
  readonly macro?: TestMacro;
}

/** The macro that makes the SQL of a project's own generic test. */
export interface TestMacro {
  /** `test_is_even`. */
  readonly name: string;
  /** The arguments that hold the unique id of a relation. */
  readonly relationArguments: readonly string[];
}

export interface SingularTest {
  readonly kind: 'singular';
  readonly source: SourceText;
}

/** A unit test: the rows that a model makes of given rows. It is run on the embedded engine, whatever the target is. */
export interface UnitTestNode extends NodeBase {
  readonly resourceType: 'unit_test';
  /** Unique id of the model. */
  readonly model: string;
  /** The common table of the model that is tested in its place. */
  readonly cte: string | undefined;
  readonly given: readonly GivenInput[];
  readonly expect: FixtureRows;
  readonly overrides: UnitTestOverrides;
  readonly config: UnitTestConfig;
  /** The model alone. */
  readonly references: readonly Reference[];
}

/** The rows of one input of the tested model. */
export interface GivenInput {
  /** Unique id of the relation; the model's own for `self`. */
  readonly uniqueId: string;
  /** As it is written: `ref('stg_events')`. */
  readonly input: string;
  readonly rows: FixtureRows;
  readonly span: Span;
}

/** Rows as a unit test writes them, without types. */
export type FixtureRows = RowMappings | RowText<'csv'> | RowText<'sql'>;

export interface RowMappings {
  readonly kind: 'dict';
  /** By column; a column that a row does not name is not given. */
  readonly rows: readonly Readonly<Record<string, YamlValue>>[];
  /** The place of a row, or of one of its columns. */
  readonly spanAt: (row: number, column?: string) => Span;
  readonly span: Span;
}

/** Rows as one text, which stands in the YAML or in a file of its own. */
export interface RowText<Format extends 'csv' | 'sql'> {
  readonly kind: Format;
  readonly text: string;
  /** The place of a stretch of the text. */
  readonly spanAt: (start: number, end?: number) => Span;
  readonly span: Span;
}

/** What a unit test says otherwise than the project. */
export interface UnitTestOverrides {
  readonly variables: Readonly<Record<string, YamlValue>>;
  readonly environment: Readonly<Record<string, string>>;
  /** What helpers and macros give, by name: `is_incremental: true`. */
  readonly macros: Readonly<Record<string, YamlValue>>;
  /** The instant that the clock stands at, ISO text in UTC. */
  readonly now: string | undefined;
  readonly spanAt: (kind: 'macros' | 'now', name?: string) => Span;
}

export type Node = ModelNode | SeedNode | GeneratedSeedNode | SourceNode | DataTestNode | UnitTestNode;

/** Nodes that become versions in the store. */
export type BuildableNode = ModelNode | SeedNode;
