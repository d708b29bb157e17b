import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FaultKind } from './fault.ts';
import { listObjects } from './listing.ts';
import type { MultipartUploads } from './multipart-uploads.ts';
import type { ObjectStore, StoredObject, WriteCondition } from './object-store.ts';
import type { S3Request } from './operation.ts';
import { receiveBody } from './request-body.ts';
import { S3Error } from './s3-error.ts';
import { elementsOf, textsOf, xmlDocument } from './xml.ts';

/** What the server answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Readable;
}

/** What an operation works on. */
export interface Work extends S3Request {
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly region: string;
  readonly pageSize: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Buffer>;
  readonly fault: FaultKind | undefined;
}

/** Does what a request asks for; throws an S3Error. */
export async function answer(work: Work): Promise<Answer> {
  const { store, uploads, bucket, key, query, headers } = work;
  switch (work.operation) {
    case 'CreateBucket':
      store.createBucket(bucket);
      return empty(200, { location: `/${bucket}` });
    case 'HeadBucket':
      store.bucket(bucket);
      return empty(200, { 'x-amz-bucket-region': work.region });
    case 'GetBucketLocation':
      store.bucket(bucket);
      return xml('LocationConstraint', work.region);
    case 'ListObjectsV2':
      return document(listObjects(bucket, store.list(bucket), query, work.pageSize));
    case 'DeleteObjects':
      return deleteObjects(work);
    case 'PutObject':
      return putObject(work);
    case 'GetObject':
      return getObject(work, store.find(bucket, key));
    case 'HeadObject': {
      const found = store.find(bucket, key);
      return {
        status: 200,
        headers: { ...objectHeaders(work, found), 'content-length': found.bytes },
        body: '',
      };
    }
    case 'DeleteObject':
      store.remove(bucket, key);
      return empty(204);
    case 'CreateMultipartUpload': {
      const kept = keptHeaders(headers);
      const UploadId = uploads.begin(bucket, key, kept);
      return xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId }, encryption(kept));
    }
    case 'UploadPart':
      return uploadPart(work);
    case 'CompleteMultipartUpload':
      return completeUpload(work);
    case 'AbortMultipartUpload':
      uploads.abort(query.get('uploadId') ?? '', key);
      return empty(204);
    case 'ListMultipartUploads':
      return listUploads(work);
    case 'ListParts':
      return listParts(work);
    default:
      throw new S3Error(
        501,
        'NotImplemented',
        `${work.method} with this query is not implemented by this server`,
      );
  }
}

async function putObject({ store, bucket, key, headers, body }: Work): Promise<Answer> {
  store.bucket(bucket);
  const { content, bytes, md5, checksums } = await receiveBody(headers, body, store);
  const kept = keptHeaders(headers);
  const etag = `"${md5}"`;
  const object = { key, content: [content], bytes, etag, modifiedAt: new Date(), checksums, headers: kept };
  store.put(bucket, object, conditionOf(headers));
  return empty(200, { etag, ...checksumHeaders(checksums), ...encryption(kept) });
}

function getObject(work: Work, object: StoredObject): Answer {
  const { store, headers } = work;
  if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) {
    throw new S3Error(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  const range = /^bytes=(\d*)-(\d*)$/.exec(String(headers['range'] ?? ''));
  if (range === null) {
    const all = { ...objectHeaders(work, object), 'content-length': object.bytes };
    return { status: 200, headers: all, body: store.read(object) };
  }
  const [, from = '', to = ''] = range;
  const start = from === '' ? Math.max(object.bytes - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? object.bytes - 1 : Math.min(Number(to), object.bytes - 1);
  if (start > end) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  const { 'x-amz-checksum-crc32': _, ...rest } = objectHeaders(work, object);
  return {
    status: 206,
    headers: {
      ...rest,
      'content-length': end - start + 1,
      'content-range': `bytes ${start}-${end}/${object.bytes}`,
    },
    body: store.read(object, start, end),
  };
}

function objectHeaders({ headers }: Work, object: StoredObject): Record<string, string> {
  return {
    ...object.headers,
    ...(headers['x-amz-checksum-mode'] === 'ENABLED' && checksumHeaders(object.checksums)),
    'last-modified': object.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    etag: object.etag,
  };
}

async function deleteObjects({ store, bucket, body, fault }: Work): Promise<Answer> {
  store.bucket(bucket);
  const request = await textOf(body);
  const keys = textsOf(request, 'Key');
  const kept = fault?.kind === 'keys-kept' ? keys.filter((key) => fault.keys.test(key)) : [];
  const removed = keys.filter((key) => !kept.includes(key));
  for (const key of removed) store.remove(bucket, key);
  const isQuiet = textsOf(request, 'Quiet')[0] === 'true';
  return xml('DeleteResult', {
    ...(!isQuiet && { Deleted: removed.map((Key) => ({ Key })) }),
    ...(fault?.kind === 'keys-kept' && {
      Error: kept.map((Key) => ({ Key, Code: fault.code, Message: fault.message })),
    }),
  });
}

async function uploadPart({ store, uploads, key, query, headers, body }: Work): Promise<Answer> {
  const id = query.get('uploadId') ?? '';
  uploads.find(id, key);
  const received = await receiveBody(headers, body, store);
  uploads.addPart(id, key, Number(query.get('partNumber')), received);
  return empty(200, { etag: `"${received.md5}"`, ...checksumHeaders(received.checksums) });
}

async function completeUpload({ uploads, bucket, key, query, headers, body }: Work): Promise<Answer> {
  const parts = elementsOf(await textOf(body), 'Part').map((part) => ({
    number: Number(textsOf(part, 'PartNumber')[0]),
    etag: textsOf(part, 'ETag')[0] ?? '',
  }));
  const id = query.get('uploadId') ?? '';
  const kept = uploads.find(id, key).headers;
  const ETag = uploads.complete(id, key, parts, conditionOf(headers));
  const Location = `/${bucket}/${key}`;
  return xml('CompleteMultipartUploadResult', { Location, Bucket: bucket, Key: key, ETag }, encryption(kept));
}

function listUploads({ store, uploads, bucket, query }: Work): Answer {
  store.bucket(bucket);
  const open = uploads.list(bucket).filter(({ key }) => key.startsWith(query.get('prefix') ?? ''));
  return xml('ListMultipartUploadsResult', {
    ...{ Bucket: bucket, IsTruncated: false, MaxUploads: 1000 },
    Upload: open.map(({ key, id, startedAt }) => ({
      ...{ Key: key, UploadId: id, Initiated: startedAt.toISOString(), StorageClass: 'STANDARD' },
    })),
  });
}

function listParts({ uploads, bucket, key, query }: Work): Answer {
  const { id, parts } = uploads.find(query.get('uploadId') ?? '', key);
  return xml('ListPartsResult', {
    ...{ Bucket: bucket, Key: key, UploadId: id, IsTruncated: false },
    Part: [...parts].map(([PartNumber, part]) => ({ PartNumber, ETag: `"${part.md5}"`, Size: part.bytes })),
  });
}

const KEPT =
  /^(content-type|content-encoding|cache-control|x-amz-meta-.*|x-amz-server-side-encryption(-aws-kms-key-id)?)$/;

function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers)
    .filter(([name]) => KEPT.test(name))
    .map(([name, value]) => [name, String(value)] as const)
    .map(([name, value]) => [name, name === 'content-encoding' ? withoutChunked(value) : value] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== ''));
}

function withoutChunked(encodings: string): string {
  const kept = encodings.split(',').map((encoding) => encoding.trim());
  return kept.filter((encoding) => encoding !== 'aws-chunked').join(',');
}

function encryption(kept: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(kept).filter(([name]) => name.includes('encryption')));
}

function checksumHeaders(checksums: StoredObject['checksums']): Record<string, string> {
  return Object.fromEntries([...checksums].map(([name, value]) => [`x-amz-checksum-${name}`, value]));
}

function conditionOf(headers: IncomingHttpHeaders): WriteCondition {
  return { ifNoneMatch: headers['if-none-match'], ifMatch: headers['if-match'] };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  return (await buffer(NodeReadable.from(body))).toString('utf8');
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: '' };
}

function xml(
  root: string,
  content: Parameters<typeof xmlDocument>[1],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return document(xmlDocument(root, content), headers);
}

function document(body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers: { ...headers, 'content-type': 'application/xml' }, body };
}
