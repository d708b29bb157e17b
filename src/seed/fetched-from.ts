import type { CsvSource } from '../dialect/dialect.ts';
import type { Landing } from '../landing/landing.ts';
import type { FetchAccess } from '../project/fetch-access.ts';

/**
 * The list of files at an address, as an engine is told that fetches them for itself. The region is always said: the bucket
 * may be in another one than the engine, and the AWS environment that landing takes it from is not the engine's.
 */
export async function fetchedFrom(
  landing: Landing,
  { iamRole }: FetchAccess,
  url: string,
): Promise<CsvSource> {
  const region = await landing.region();
  return { kind: 'manifest', url, gzip: true, iamRole, ...(region !== undefined && { region }) };
}
