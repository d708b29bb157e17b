import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ContextHelper } from '../template/context.ts';
import { templateHelpers } from '../template/helper-set.ts';
import type { Query } from './query.ts';
import { type RelationNames, relationNames } from './relation-names.ts';

/**
 * A compilation is one pass over a manifest: what compiling needs, and what it has found so far.
 * Models and tests of one pass share it, so that an ephemeral model is compiled, and its mistakes are told, once.
 */
export interface Compilation {
  readonly manifest: Manifest;
  readonly dialect: Dialect;
  readonly report: Report;
  readonly names: RelationNames;
  readonly helpers: ReadonlyMap<string, ContextHelper>;
  readonly deterministicFunctions: ReadonlySet<string>;
  /** Queries of the ephemeral models met so far, by unique id; undefined for one that has mistakes. */
  readonly ephemerals: Map<string, Query | undefined>;
}

/** Begins a compilation; `compileManifest` and `compileDataTests` go on from here. */
export function startCompilation(manifest: Manifest, dialect: Dialect, report: Report): Compilation {
  return {
    manifest,
    dialect,
    report,
    names: relationNames(manifest),
    helpers: templateHelpers(dialect.macros, manifest.macros.helpers),
    deterministicFunctions: new Set(
      manifest.project.deterministicFunctions.map((name) => name.toLowerCase()),
    ),
    ephemerals: new Map(),
  };
}
