import { landingNotInS3 } from '../diagnostic/catalogue/landing.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { LandedBatch, Landing } from './landing.ts';
import { entryPath } from './parse-manifest.ts';

/** A list of parts that an engine fetches for itself: its address for the engine, its path for the landing zone. */
export interface LoadManifest {
  readonly url: string;
  readonly path: string;
}

/**
 * Writes the list of a group's parts as Amazon Redshift reads it (`COPY … MANIFEST`), and nothing else in it, at
 * `_loads/<load id>/<name>.manifest`. Remove it from the landing zone when it is loaded.
 */
export async function writeLoadManifest(
  landing: Landing,
  loadId: string,
  name: string,
  batches: readonly LandedBatch[],
): Promise<LoadManifest> {
  const { address } = landing;
  if (!address.startsWith('s3://')) throw new DiagnosticError([landingNotInS3({ address })]);
  const parts = batches.flatMap(({ path, manifest }) =>
    manifest.entries.flatMap(({ url }) => entryPath(address, path, url) ?? []),
  );
  const entries = parts.map((part) => ({ url: `${address}/${part}`, mandatory: true }));
  const path = `_loads/${loadId}/${name}.manifest`;
  await landing.write(path, Buffer.from(`${JSON.stringify({ entries }, undefined, 1)}\n`));
  return { url: `${address}/${path}`, path };
}
