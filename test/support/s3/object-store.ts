import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Algorithm } from './checksum.ts';
import { S3Error } from './s3-error.ts';

/** A piece of an object's content: a file, or a stretch of the one that holds all small pieces. */
export interface ContentFile {
  readonly path: string;
  /** Where it begins in the file. */
  readonly start: number;
  readonly bytes: number;
}

export interface StoredObject {
  readonly key: string;
  readonly content: readonly ContentFile[];
  readonly bytes: number;
  /** With its double quotes. */
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly checksums: ReadonlyMap<Algorithm, string>;
  /** Headers that come back with it: content type, `x-amz-meta-…`, server-side encryption. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Conditions of a write: `If-None-Match: *`, `If-Match: "…"`. */
export interface WriteCondition {
  readonly ifNoneMatch: string | undefined;
  readonly ifMatch: string | undefined;
}

const ANY: WriteCondition = { ifNoneMatch: undefined, ifMatch: undefined };

/** Buckets of objects; what they hold is in files of one folder, what they are in memory. */
export class ObjectStore {
  readonly #folder: string;
  readonly #ownsFolder: boolean;
  readonly #buckets = new Map<string, Map<string, StoredObject>>();
  /** Opening a file for each of a thousand manifests would cost more than all else that is done for them. */
  readonly #small: { readonly path: string; readonly file: number };
  #smallBytes = 0;
  #isClosed = false;

  constructor(folder: string | undefined) {
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'modelwright-s3-'));
    this.#ownsFolder = folder === undefined;
    const path = this.newFile();
    this.#small = { path, file: openSync(path, 'w') };
  }

  createBucket(name: string): void {
    if (!this.#buckets.has(name)) this.#buckets.set(name, new Map());
  }

  /** The objects of a bucket by key. */
  bucket(name: string): Map<string, StoredObject> {
    const bucket = this.#buckets.get(name);
    if (bucket !== undefined) return bucket;
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  }

  /** Objects in the order of their keys' UTF-8 bytes. */
  list(bucket: string): readonly StoredObject[] {
    const objects = [...this.bucket(bucket).values()];
    return objects.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  find(bucket: string, key: string): StoredObject {
    const found = this.bucket(bucket).get(key);
    if (found !== undefined) return found;
    throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
  }

  /** Puts an object in place of a former one, if the condition holds at this moment. */
  put(bucket: string, object: StoredObject, condition: WriteCondition): void {
    const objects = this.bucket(bucket);
    const former = objects.get(object.key);
    if (!holds(condition, former)) {
      this.discard(object.content);
      const missing = condition.ifMatch !== undefined && former === undefined;
      throw missing
        ? new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
        : new S3Error(
            412,
            'PreconditionFailed',
            'At least one of the pre-conditions you specified did not hold',
          );
    }
    objects.set(object.key, object);
    if (former !== undefined) this.discard(former.content);
  }

  putText(bucket: string, key: string, text: string): void {
    const content = this.keep(Buffer.from(text));
    const { bytes } = content;
    const etag = `"${createHash('md5').update(text).digest('hex')}"`;
    const object = { key, content: [content], bytes, etag, modifiedAt: new Date() };
    this.put(bucket, { ...object, checksums: new Map(), headers: {} }, ANY);
  }

  remove(bucket: string, key: string): void {
    const former = this.bucket(bucket).get(key);
    this.bucket(bucket).delete(key);
    if (former !== undefined) this.discard(former.content);
  }

  /** Keeps a small piece behind those before it; it stays there until the server closes. */
  keep(piece: Uint8Array): ContentFile {
    const start = this.#smallBytes;
    appendFileSync(this.#small.file, piece);
    this.#smallBytes += piece.length;
    return { path: this.#small.path, start, bytes: piece.length };
  }

  /** A path for new content. */
  newFile(): string {
    return join(this.#folder, randomUUID());
  }

  discard(content: readonly ContentFile[]): void {
    for (const { path } of content) if (path !== this.#small.path) rmSync(path, { force: true });
  }

  /** Bytes `start` to `end`, the last one included. */
  read(object: StoredObject, start = 0, end = object.bytes - 1): Readable {
    const pieces = async function* () {
      let offset = 0;
      for (const { path, start: base, bytes } of object.content) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, bytes - 1);
        const stretch = { start: base + from, end: base + to, highWaterMark: 256 * 1024 };
        if (from <= to) yield* createReadStream(path, stretch);
        offset += bytes;
      }
    };
    return Readable.from(pieces(), { objectMode: false });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#small.file);
    if (this.#ownsFolder) rmSync(this.#folder, { recursive: true, force: true });
  }
}

function holds({ ifNoneMatch, ifMatch }: WriteCondition, former: StoredObject | undefined): boolean {
  if (ifNoneMatch === '*' && former !== undefined) return false;
  return ifMatch === undefined || former?.etag === ifMatch;
}
