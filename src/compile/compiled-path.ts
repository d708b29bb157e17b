import { createHash } from 'node:crypto';
import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode, ModelNode, SeedNode } from '../manifest/node.ts';

/** The longest file name in bytes that we make of a test's name; file systems stop at 255. */
const LONGEST_NAME = 180;

/**
 * Where a node's compiled SQL is written, from the project root: `target/compiled/shop/models/marts/daily.sql`.
 * A generic test has its own file below the YAML file that declares it.
 */
export function compiledPath(node: ModelNode | DataTestNode, manifest: Manifest): string {
  return `target/compiled/${manifest.project.name}/${pathBelowProject(node)}`;
}

/** Where the statements are written that were sent for a node: `target/run/shop/models/marts/daily.sql`. */
export function runPath(node: ModelNode | SeedNode | DataTestNode, manifest: Manifest): string {
  return `target/run/${manifest.project.name}/${pathBelowProject(node)}`;
}

function pathBelowProject(node: ModelNode | SeedNode | DataTestNode): string {
  switch (node.resourceType) {
    case 'model':
      return node.path;
    case 'seed':
      return `${node.path}.sql`;
    case 'test':
      return node.test.kind === 'singular' ? node.path : `${node.path}/${fileNameOf(node)}.sql`;
  }
}

/** A test's name as a file name: a name that would not do, or is too long, ends in a hash of the unique id. */
function fileNameOf({ name, uniqueId }: DataTestNode): string {
  const safe = name.replace(/[^\p{L}\p{N}_.-]/gu, '_').replace(/^\./, '_');
  if (safe === name && Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(uniqueId).digest('hex').slice(0, 10);
  return `${cutBytes(safe, LONGEST_NAME - hash.length - 1)}_${hash}`;
}

function cutBytes(text: string, bytes: number): string {
  let cut = '';
  for (const character of text) {
    if (Buffer.byteLength(cut + character) > bytes) break;
    cut += character;
  }
  return cut;
}
