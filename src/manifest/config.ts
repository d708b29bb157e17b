import type { Span } from '../diagnostic/span.ts';
import type { TableOptions } from '../dialect/dialect.ts';
import type { YamlValue } from '../project/project.ts';

export type MaterializationName = 'view' | 'table' | 'ephemeral' | 'seed';

/** How a published relation is made: a view over its version, or a copied table renamed into place. */
export type PublishKind = 'view' | 'table';

/** The config of a model or seed after precedence: project.yml by folder < properties YAML < `{{config}}`. */
export interface NodeConfig {
  readonly materialized: MaterializationName;
  readonly enabled: boolean;
  readonly publish: PublishKind;
  /** Custom schema: published in `<schema>[__<env>]_<custom>`. */
  readonly schema: string | undefined;
  readonly alias: string | undefined;
  /** How tables are stored, where the engine lets one choose. */
  readonly storage: TableOptions;
  /** Views: bound to what they read; `false` leaves names to be looked up when the view is read. */
  readonly bind: boolean;
  /** What a failure of the node, or of a test of it, does to what reads it (ADR 023). */
  readonly onError: 'skip' | 'continue';
  /** Privilege to roles: `{ select: ['tableau'] }`. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
  /** Seeds: declared column types, text as in `data_type`. */
  readonly columnTypes: Readonly<Record<string, string>>;
  readonly delimiter: string;
  /** Everything as merged, for `config.x:` selectors and artifacts. */
  readonly raw: Readonly<Record<string, YamlValue>>;
}

export type TestSeverity = 'error' | 'warn';

export interface TestConfig {
  readonly severity: TestSeverity;
  readonly enabled: boolean;
  /** A comparison with the failure count: `!= 0`, `> 10`. */
  readonly warnIf: string;
  readonly errorIf: string;
  /** SQL predicate on the tested relation; may hold template tags. */
  readonly where: string | undefined;
  /** At most so many failing rows are counted. */
  readonly limit: number | undefined;
  /** What is counted of the failing rows: an SQL aggregate over them; undefined for `count(*)`. */
  readonly failCalc: string | undefined;
  /** Whether failing rows are kept as a table; undefined: as the run says. */
  readonly storeFailures: boolean | undefined;
  /** Where the keys are written, those that are. */
  readonly spans: Readonly<Record<string, Span>>;
  readonly raw: Readonly<Record<string, YamlValue>>;
}

export interface UnitTestConfig {
  readonly enabled: boolean;
  readonly raw: Readonly<Record<string, YamlValue>>;
}
