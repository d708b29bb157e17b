import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';
import type { LoadRecord } from './load-record.ts';
import type { Publication, PublicationEntry } from './publication.ts';
import type { Version } from './version.ts';

/** Everything that planning needs to know of the warehouse, read at once; no query per node is needed after it. */
export interface StoreState {
  /** The warehouse's clock. */
  readonly now: string;
  readonly own: EnvironmentState;
  /** The environment whose versions may be read; never written. */
  readonly base: EnvironmentState | undefined;
  readonly loads: readonly LoadRecord[];
  /** Keys of tests that have passed, here or in the base. */
  readonly passedTests: ReadonlySet<string>;
  /** Tokens and salts that this run inherits, by unique id: those of the latest run that had one, if it did not succeed. */
  readonly inheritedTokens: ReadonlyMap<string, string>;
  /** How long a node's latest build took, in milliseconds, by unique id. */
  readonly durations: ReadonlyMap<string, number>;
  /** Relations in the published schemas, the raw schema and the stores, by relationId. */
  readonly catalog: ReadonlyMap<string, CatalogRelation>;
}

export interface CatalogRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly comment: string | null;
  /** A view's SQL. */
  readonly definition: string | null;
}

export interface EnvironmentState {
  readonly environment: Environment;
  /** 0: nothing was published yet. */
  readonly sequence: number;
  /** What is published now. */
  readonly publication: Publication | undefined;
  /** Complete versions that are there, by key; the latest attempt of each. */
  readonly versions: ReadonlyMap<string, Version>;
  /** Versions that the state knows and the catalog does not: somebody dropped them. */
  readonly lost: readonly Version[];
}

/** Reads the state in a handful of queries; stores that do not exist yet are empty. Refuses a newer store's schema. */
export declare function readStoreState(
  session: Session,
  dialect: Dialect,
  request: {
    readonly environment: Environment;
    readonly base: Environment | undefined;
    /** The target's schema (that of the default environment). */
    readonly schema: string;
    /** Further schemas whose relations the catalog shall show: custom published schemas, the raw schema. */
    readonly schemas: readonly string[];
  },
): Promise<StoreState>;

/** A version with this key, from the environment's own store or its base's. */
export declare function reusableVersion(state: StoreState, key: string): Version | undefined;

/** What is published of a node here, else in the base. */
export declare function publishedEntry(state: StoreState, uniqueId: string): PublicationEntry | undefined;
