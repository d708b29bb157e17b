import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
}

/** All objects whose key begins with the prefix, in order, page by page. */
export async function* listObjects(
  client: S3Client,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<ListedObject> {
  for await (const page of pages(client, { Bucket, Prefix })) {
    for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? [])
      yield { key: Key, bytes: Size, etag: ETag };
  }
}

/** Names of the folders directly below a prefix, in order. */
export async function listFolders(
  client: S3Client,
  Bucket: string,
  Prefix: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of pages(client, { Bucket, Prefix, Delimiter: '/' })) {
    for (const { Prefix: folder = '' } of page.CommonPrefixes ?? [])
      names.push(folder.slice(Prefix.length, -1));
  }
  return names;
}

/** An upload in parts that was begun and not ended. */
export interface OpenUpload {
  readonly key: string;
  readonly id: string;
}

/** All uploads below a prefix that were begun and not ended. */
export async function listOpenUploads(
  client: S3Client,
  Bucket: string,
  Prefix: string,
): Promise<readonly OpenUpload[]> {
  const open: OpenUpload[] = [];
  let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix, ...next }),
    );
    for (const { Key = '', UploadId = '' } of page.Uploads ?? []) open.push({ key: Key, id: UploadId });
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    next =
      page.IsTruncated === true
        ? {
            ...(KeyMarker !== undefined && { KeyMarker }),
            ...(UploadIdMarker !== undefined && { UploadIdMarker }),
          }
        : undefined;
  }
  return open;
}

async function* pages(client: S3Client, request: { Bucket: string; Prefix: string; Delimiter?: string }) {
  let ContinuationToken: string | undefined;
  do {
    const after = ContinuationToken === undefined ? {} : { ContinuationToken };
    const page: ListObjectsV2CommandOutput = await client.send(
      new ListObjectsV2Command({ ...request, ...after }),
    );
    yield page;
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
