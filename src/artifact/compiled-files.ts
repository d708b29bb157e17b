import type { CompiledNode } from '../compile/compiled-node.ts';
import { compiledPath, runPath } from '../compile/compiled-path.ts';
import { compiledText } from '../compile/compiled-text.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode, ModelNode, Node } from '../manifest/node.ts';
import { updateSqlFiles, type WrittenFiles } from './sql-files.ts';
import type { SqlFile } from './write-queue.ts';

/** Compiled files by unique id. */
export type CompiledFiles = ReadonlyMap<string, SqlFile>;

/** The compiled file of every node: SQL with published names, the same bytes on every machine. */
export function compiledFiles(
  nodes: Iterable<CompiledNode>,
  manifest: Manifest,
  dialect: Dialect,
): CompiledFiles {
  const files = new Map<string, SqlFile>();
  for (const compiled of nodes) {
    const path = compiledPath(compiled.node, manifest);
    files.set(compiled.node.uniqueId, { path, text: compiledText(compiled, manifest, dialect) });
  }
  return files;
}

/** Writes compiled files to `target/compiled`; those of nodes that were not compiled now stay, those of no node go. */
export function writeCompiledFiles(files: CompiledFiles, manifest: Manifest): Promise<WrittenFiles> {
  const nodes = [...manifest.nodes.values()].filter(isCompiled);
  const keep = new Set(nodes.map((node) => compiledPath(node, manifest)));
  return updateSqlFiles(manifest.project.root, 'target/compiled', [...files.values()], keep);
}

/** Writes what was sent for nodes, by unique id, to `target/run`. */
export function writeRunFiles(
  statements: ReadonlyMap<string, string>,
  manifest: Manifest,
): Promise<WrittenFiles> {
  const nodes = [...manifest.nodes.values()].filter(
    (node) => isCompiled(node) || node.resourceType === 'seed',
  );
  const keep = new Set(nodes.map((node) => runPath(node, manifest)));
  const files = nodes.flatMap((node) => {
    const text = statements.get(node.uniqueId);
    return text === undefined ? [] : [{ path: runPath(node, manifest), text }];
  });
  return updateSqlFiles(manifest.project.root, 'target/run', files, keep);
}

function isCompiled(node: Node): node is ModelNode | DataTestNode {
  return node.resourceType === 'model' || node.resourceType === 'test';
}
