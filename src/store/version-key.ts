import type { Dialect } from '../dialect/dialect.ts';
import type { BuildableNode } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';

/** All that a version's content depends on. Names, paths, descriptions, tags, grants and environments are not in it. */
export interface VersionIdentity {
  readonly body: /** SQL with relation markers; every marker counts as the upstream's key or token. */
    | { readonly kind: 'sql'; readonly sql: string; readonly upstream: (uniqueId: string) => string }
    /** A file's bytes. */
    | { readonly kind: 'file'; readonly sha256: string };
  /** See `shapingConfig`. */
  readonly config: Readonly<Record<string, YamlValue>>;
  readonly engine: { readonly dialect: Dialect; readonly version: string };
  /** What makes a non-deterministic result one of a kind: the id of the run that it was built in. */
  readonly salt: string | undefined;
}

/** The version key: sha256, hex. */
export declare function versionKey(identity: VersionIdentity): string;

/** The key of a test's verdict: its SQL with keys in place of relations, on this engine. */
export declare function testKey(identity: Pick<VersionIdentity, 'body' | 'config' | 'engine'>): string;

/** The part of a node's config that shapes its rows or their storage. */
export declare function shapingConfig(node: BuildableNode): Readonly<Record<string, YamlValue>>;
