import type { SourceText } from '../diagnostic/source-text.ts';
import type { Span } from '../diagnostic/span.ts';

/** A scalar or nested value as YAML gives it. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Which tests come along with the nodes that they read, as `--indirect-selection` has it. */
export const indirectSelections = ['eager', 'cautious', 'buildable', 'empty'] as const;
export type IndirectSelection = (typeof indirectSelections)[number];

/** A var: its value for this run, and whether it changes from run to run (`per_run: true`, such as `as_of_date`). */
export interface Variable {
  readonly value: YamlValue;
  readonly perRun: boolean;
}

/** A target of project.yml after env_var has been applied; `settings` holds what only its adapter reads. */
export interface Target {
  readonly name: string;
  readonly adapter: string;
  readonly schema: string;
  readonly threads: number;
  readonly landing: LandingPlace;
  /** For an embedded engine: the absolute path of its file. */
  readonly path?: string;
  readonly publishUntested: boolean;
  /** The grants of the project are not made here (`grants: false`). */
  readonly withoutGrants?: true;
  readonly settings: Readonly<Record<string, YamlValue>>;
}

/** Where batches land; what follows the address belongs to an `s3://` one. */
export interface LandingPlace {
  /** The absolute path of a folder, or `s3://bucket/prefix`. */
  readonly address: string;
  readonly region?: string;
  /** Of an S3-compatible server that is not Amazon's. */
  readonly endpoint?: string;
  /** Address buckets by path instead of by host name. */
  readonly forcePathStyle?: boolean;
  /** Server-side encryption. */
  readonly sse?: 'AES256' | 'aws:kms';
  readonly sseKmsKeyId?: string;
  /** So many parts of a batch are loaded at once by the warehouse. */
  readonly slices?: number;
}

/** A folder's configs in project.yml: `+key` entries apply here and below. */
export interface FolderConfig {
  readonly values: Readonly<Record<string, ConfigValue>>;
  readonly folders: Readonly<Record<string, FolderConfig>>;
  /** Where project.yml names the folder; the root of a tree has none. */
  readonly span?: Span;
}

/** A config value with the place it was written at. */
export interface ConfigValue {
  readonly value: YamlValue;
  readonly span: Span;
}

/** The kinds of file that a project is made of. */
export type ProjectFileKind =
  | 'model' // *.sql below model paths
  | 'properties' // *.yml below model, seed, macro and test paths
  | 'static-seed' // *.csv below seed paths
  | 'generated-seed' // *.ts below seed paths
  | 'macro' // *.sql below macro paths
  | 'typescript-macro' // *.ts below macro paths
  | 'singular-test' // *.sql below test paths
  | 'fixture'; // *.csv below test paths, *.sql below a folder "fixtures" of theirs: rows of unit tests

export interface ProjectFile {
  readonly kind: ProjectFileKind;
  /** Path from the project root, with `/`. */
  readonly path: string;
  /** The file's folder segments below its root path, for folder configs and fqn: `models/marts/daily.sql` has `['marts']`. */
  readonly folders: readonly string[];
  /** sha256 of the bytes, hex. */
  readonly sha256: string;
  /** The text; empty for generated seeds and TypeScript macros, which are loaded as modules. */
  readonly source: SourceText;
}

/** A project as it was read from disk, for one target: settings parsed, files read, nothing understood yet. */
export interface Project {
  readonly name: string;
  /** Absolute path of the folder that holds project.yml. */
  readonly root: string;
  readonly projectFile: SourceText;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly target: Target;
  /** `default`, or the value of `--env`. */
  readonly environment: string;
  /** The environment whose store may be read; undefined for `default`. */
  readonly baseEnvironment: string | undefined;
  /** Environment variables that templates may read: names that a target uses or that look like secrets are refused. */
  readonly environmentVariable: (name: string) => EnvironmentVariable;
  readonly folderConfigs: Readonly<Record<'models' | 'seeds' | 'data_tests', FolderConfig>>;
  readonly deterministicFunctions: readonly string[];
  /** How long a retired relation stays, in days; undefined: for ever. */
  readonly retireAfterDays: number | undefined;
  /** Which tests come along with selected nodes, unless a command says; eager. */
  readonly indirectSelection?: IndirectSelection | undefined;
  /** The folders that hold the files, from the root, whether they are there or not. */
  readonly folders: readonly string[];
  /** Those of them that hold tests. */
  readonly testFolders?: readonly string[];
  readonly files: readonly ProjectFile[];
}

export type EnvironmentVariable =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'secret' };
