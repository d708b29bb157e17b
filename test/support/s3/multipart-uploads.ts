import { createHash, randomUUID } from 'node:crypto';
import { ALGORITHMS, type Algorithm, compositeChecksum } from './checksum.ts';
import type { ObjectStore, WriteCondition } from './object-store.ts';
import type { ReceivedBody } from './request-body.ts';
import { S3Error } from './s3-error.ts';

/** A part as the client lists it at the end. */
interface ListedPart {
  readonly number: number;
  readonly etag: string;
}

interface MultipartUpload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAt: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, ReceivedBody>;
}

const SMALLEST_PART = 5 * 1024 * 1024;

/** Uploads in parts that are neither complete nor aborted. */
export class MultipartUploads {
  readonly #store: ObjectStore;
  readonly #uploads = new Map<string, MultipartUpload>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  begin(bucket: string, key: string, headers: Readonly<Record<string, string>>): string {
    this.#store.bucket(bucket);
    const id = randomUUID();
    this.#uploads.set(id, { id, bucket, key, startedAt: new Date(), headers, parts: new Map() });
    return id;
  }

  find(id: string, key: string): MultipartUpload {
    const upload = this.#uploads.get(id);
    if (upload !== undefined && upload.key === key) return upload;
    throw new S3Error(404, 'NoSuchUpload', 'The specified multipart upload does not exist.');
  }

  list(bucket: string): readonly MultipartUpload[] {
    return [...this.#uploads.values()]
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  addPart(id: string, key: string, number: number, body: ReceivedBody): void {
    const { parts } = this.find(id, key);
    const former = parts.get(number);
    if (former !== undefined) this.#store.discard([former.content]);
    parts.set(number, body);
  }

  /** Makes the object and gives its etag. */
  complete(id: string, key: string, listed: readonly ListedPart[], condition: WriteCondition): string {
    const upload = this.find(id, key);
    const parts = listed.map((part) => partOf(upload, part));
    if (
      parts.length === 0 ||
      listed.some(({ number }, index) => number <= (listed[index - 1]?.number ?? 0))
    ) {
      throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    if (parts.slice(0, -1).some((part) => part.bytes < SMALLEST_PART)) {
      throw new S3Error(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      );
    }
    const md5 = createHash('md5');
    for (const part of parts) md5.update(part.md5, 'hex');
    const etag = `"${md5.digest('hex')}-${parts.length}"`;
    const object = {
      ...{ key: upload.key, etag, modifiedAt: new Date(), headers: upload.headers },
      content: parts.map((part) => part.content),
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      checksums: checksumsOf(parts),
    };
    this.#store.put(upload.bucket, object, condition);
    this.#uploads.delete(id);
    const used = new Set(listed.map(({ number }) => number));
    for (const [number, part] of upload.parts) if (!used.has(number)) this.#discard(part);
    return etag;
  }

  abort(id: string, key: string): void {
    for (const part of this.find(id, key).parts.values()) this.#discard(part);
    this.#uploads.delete(id);
  }

  #discard(part: ReceivedBody): void {
    this.#store.discard([part.content]);
  }
}

function partOf({ parts }: MultipartUpload, { number, etag }: ListedPart): ReceivedBody {
  const part = parts.get(number);
  if (part !== undefined && etag.replaceAll('"', '') === part.md5) return part;
  throw new S3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
}

function checksumsOf(parts: readonly ReceivedBody[]): ReadonlyMap<Algorithm, string> {
  const shared = ALGORITHMS.filter((algorithm) => parts.every((part) => part.checksums.has(algorithm)));
  return new Map(
    shared.map((algorithm) => {
      const sums = parts.map((part) => part.checksums.get(algorithm) ?? '');
      return [algorithm, compositeChecksum(algorithm, sums)];
    }),
  );
}
