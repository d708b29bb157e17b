import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CompiledNode } from './compiled-node.ts';

/**
 * A compilation is one pass over a manifest: what compiling needs, and what it has found so far.
 * Models and tests of one pass share it, so that an ephemeral model is compiled, and its mistakes are told, once.
 */
export interface Compilation {
  readonly manifest: Manifest;
  readonly dialect: Dialect;
  readonly report: Report;
  /** Models compiled so far by unique id; undefined for one that has mistakes, which are reported. */
  readonly models: Map<string, CompiledNode<ModelNode> | undefined>;
}

/** Begins a compilation; `compileManifest` and `compileDataTests` take it from here. */
export function startCompilation(manifest: Manifest, dialect: Dialect, report: Report): Compilation {
  return { manifest, dialect, report, models: new Map() };
}
