import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type BoundSql, bindCompiled } from './bound-sql.ts';
import type { CompiledNode } from './compiled-node.ts';

/** The text of a node's compiled file: published names, one newline at the end, the same bytes on every machine. */
export function compiledText(compiled: CompiledNode, manifest: Manifest, dialect: Dialect): string {
  return `${publishedSql(compiled, manifest, dialect).sql}\n`;
}

/** A node's SQL with published names. */
export function publishedSql(compiled: CompiledNode, manifest: Manifest, dialect: Dialect): BoundSql {
  return bindCompiled(compiled, (uniqueId) => publishedName(uniqueId, manifest, dialect));
}

/** The name under which people read a node: the published relation of a model or seed, a source's own table. */
function publishedName(uniqueId: string, manifest: Manifest, dialect: Dialect): string {
  const node = manifest.nodes.get(uniqueId);
  switch (node?.resourceType) {
    case 'model':
    case 'seed':
    case 'source':
      return dialect.relation(node.relation);
    default:
      throw new Error(`This is a bug: compiled SQL reads "${uniqueId}", which has no relation.`);
  }
}
