import { landingNotInS3 } from '../diagnostic/catalogue/landing.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Landing } from './landing.ts';

/** A list of parts that an engine fetches for itself: its address for the engine, its path for the landing zone. */
export interface LoadManifest {
  readonly url: string;
  readonly path: string;
}

/**
 * Writes the list of a group's parts as Amazon Redshift reads it (`COPY … MANIFEST`), and nothing else in it, at
 * `_loads/<load id>/<name>.manifest`. `parts` are paths below the zone's root. Remove it when it is loaded.
 */
export async function writeLoadManifest(
  landing: Landing,
  loadId: string,
  name: string,
  parts: readonly string[],
): Promise<LoadManifest> {
  const { address } = landing;
  if (!address.startsWith('s3://')) throw new DiagnosticError([landingNotInS3({ address })]);
  const entries = parts.map((part) => ({ url: `${address}/${part}`, mandatory: true }));
  const path = `${loadFolder(loadId)}/${name}.manifest`;
  await landing.write(path, Buffer.from(`${JSON.stringify({ entries }, undefined, 1)}\n`));
  return { url: `${address}/${path}`, path };
}

/** Where a load keeps what it needs in the landing zone while it is at work. */
export function loadFolder(loadId: string): string {
  return `_loads/${loadId}`;
}
