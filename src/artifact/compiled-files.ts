import type { CompiledNode } from '../compile/compiled-node.ts';
import { compiledPath } from '../compile/compiled-path.ts';
import { compiledText } from '../compile/compiled-text.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type SqlFile, updateSqlFiles, type WrittenFiles } from './sql-files.ts';

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
export function writeCompiledFiles(files: CompiledFiles, manifest: Manifest): WrittenFiles {
  return updateSqlFiles(
    manifest.project.root,
    'target/compiled',
    [...files.values()],
    pathsOf(manifest, 'compiled'),
  );
}

/** Writes what was sent for nodes, by unique id, to `target/run`. */
export function writeRunFiles(statements: ReadonlyMap<string, string>, manifest: Manifest): WrittenFiles {
  const files = [...statements].flatMap(([uniqueId, text]) => {
    const node = manifest.nodes.get(uniqueId);
    return node?.resourceType === 'model' || node?.resourceType === 'test'
      ? [{ path: compiledPath(node, manifest, 'run'), text }]
      : [];
  });
  return updateSqlFiles(manifest.project.root, 'target/run', files, pathsOf(manifest, 'run'));
}

/** The paths that some node of the manifest may have. */
function pathsOf(manifest: Manifest, folder: 'compiled' | 'run'): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'model' || node.resourceType === 'test') {
      paths.add(compiledPath(node, manifest, folder));
    }
  }
  return paths;
}
