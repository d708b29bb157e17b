import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { BuildableNode } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { bindRelations } from '../template/relation-marker.ts';
import { hashOf } from './hash.ts';

/** Counts changes of what keys are made of, and of what materializations make of the same SQL: raise it, and all is rebuilt. */
const KEY_VERSION = 2;

/** All that a version's content depends on. Names, paths, descriptions, tags, grants and environments are not in it. */
export interface VersionIdentity {
  readonly body: VersionBody;
  /** See `shapingConfig`. */
  readonly config: Readonly<Record<string, YamlValue>>;
  readonly engine: { readonly dialect: Dialect; readonly version: string };
  /** What makes a non-deterministic result one of a kind: the id of the run that it was built in. */
  readonly salt: string | undefined;
}

export type VersionBody =
  /** SQL with relation markers; every marker counts as the upstream's key or token. */
  | { readonly kind: 'sql'; readonly sql: string; readonly upstream: (uniqueId: string) => string }
  /** A file's bytes. */
  | { readonly kind: 'file'; readonly sha256: string };

/** The version key: sha256, hex. */
export function versionKey(identity: VersionIdentity): string {
  return hashOf(['version', ...essence(identity), identity.salt ?? null]);
}

/** The key of a test's verdict: its SQL with keys in place of relations, on this engine. */
export function testKey(identity: Omit<VersionIdentity, 'salt'>): string {
  return hashOf(['test', ...essence(identity)]);
}

/**
 * The part of a node's config that shapes its rows or their storage: materialization, dist, sort, encodings, binding, declared
 * types, how a seed's file is read. What only publishing looks at is left out.
 */
export function shapingConfig(node: BuildableNode): Readonly<Record<string, YamlValue>> {
  const { config } = node;
  return {
    materialized: config.materialized,
    dist: null,
    ...config.storage,
    ...(config.bind ? {} : { bind: false }),
    column_types: config.columnTypes,
    delimiter: config.delimiter,
    declared_types: node.columns.flatMap(({ name, dataType }) =>
      dataType === undefined ? [] : [[name, dataType]],
    ),
  };
}

function essence({ body, config, engine }: Omit<VersionIdentity, 'salt'>): YamlValue[] {
  const { dialect, version } = engine;
  return [KEY_VERSION, bodyOf(body, dialect), config, dialect.name, version, dialect.sessionSettings];
}

function bodyOf(body: VersionBody, dialect: Dialect): YamlValue {
  switch (body.kind) {
    case 'file':
      return ['file', body.sha256];
    case 'sql':
      return canonicalTokens(dialect.tokenize(body.sql)).map(({ kind, text }) => [
        kind,
        bindRelations(text, body.upstream),
      ]);
  }
}
