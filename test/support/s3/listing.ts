import type { StoredObject } from './object-store.ts';
import { xmlDocument } from './xml.ts';

/** S3's own size of a page. */
export const MOST_KEYS = 1000;

/** The answer to ListObjectsV2: a page of keys and common prefixes, of so many at most. */
export function listObjects(
  bucket: string,
  objects: readonly StoredObject[],
  query: URLSearchParams,
  pageSize: number,
): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? pageSize), pageSize);
  const token = query.get('continuation-token');
  const after =
    token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();

  const contents: StoredObject[] = [];
  const prefixes: string[] = [];
  let last = '';
  let isTruncated = false;
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const common = commonPrefix(object.key, prefix, delimiter);
    const name = common ?? object.key;
    if (Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0 || name === last) continue;
    if (contents.length + prefixes.length === most) {
      isTruncated = true;
      break;
    }
    if (common === undefined) contents.push(object);
    else prefixes.push(common);
    last = name;
  }
  const shown = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  return xmlDocument('ListBucketResult', {
    ...{ Name: bucket, Prefix: shown(prefix), MaxKeys: most, IsTruncated: isTruncated },
    ...(delimiter !== '' && { Delimiter: shown(delimiter) }),
    ...(query.get('encoding-type') === 'url' && { EncodingType: 'url' }),
    KeyCount: contents.length + prefixes.length,
    ...(isTruncated && { NextContinuationToken: Buffer.from(last).toString('base64url') }),
    Contents: contents.map((object) => ({
      ...{ Key: shown(object.key), LastModified: object.modifiedAt.toISOString(), ETag: object.etag },
      ...{ Size: object.bytes, StorageClass: 'STANDARD' },
    })),
    CommonPrefixes: prefixes.map((Prefix) => ({ Prefix: shown(Prefix) })),
  });
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
