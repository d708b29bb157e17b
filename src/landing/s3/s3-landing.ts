import type { Readable } from 'node:stream';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { unsafeLandingPath } from '../../diagnostic/catalogue/landing.ts';
import { DiagnosticError, type Report } from '../../diagnostic/diagnostic.ts';
import type { LandingPlace } from '../../project/project.ts';
import { atOnce } from '../at-once.ts';
import { MANIFEST_NAME } from '../batch-manifest.ts';
import type { BatchWriting, LandedBatch, Landing, ObjectContent, UnremovedParts } from '../landing.ts';
import { LONGEST_MANIFEST, parseManifest } from '../parse-manifest.ts';
import { S3Batch } from './s3-batch.ts';
import { headObject } from './s3-head.ts';
import { listFolders, listObjects } from './s3-listing.ts';
import { readObject } from './s3-reader.ts';
import { putObject } from './s3-upload.ts';
import { S3Zone } from './s3-zone.ts';

const REQUESTS_AT_ONCE = 16;

/** A landing zone below a prefix of an S3 bucket. */
export class S3Landing implements Landing {
  readonly address: string;
  readonly batchesAtOnce = 4;
  readonly slices: number;
  readonly #zone: S3Zone;

  constructor(place: LandingPlace) {
    this.address = place.address;
    this.slices = place.slices ?? 1;
    this.#zone = new S3Zone(place);
  }

  /** The target's own, else that of the AWS environment or profile. */
  region(): Promise<string> {
    return this.#zone.connection.once('find its region', (client) => client.config.region());
  }

  async tables(): Promise<readonly string[]> {
    const { connection, bucket, prefix } = this.#zone;
    const names = await connection.use('list the landing zone', (client) =>
      listFolders(client, bucket, prefix),
    );
    const hold = await atOnce(
      REQUESTS_AT_ONCE,
      names,
      async (name) => (await this.#manifests(name, 1)).length > 0,
    );
    return names.filter((_, index) => hold[index]);
  }

  paths(table: string): Promise<readonly string[]> {
    return this.#manifests(table, Number.POSITIVE_INFINITY);
  }

  async batches(table: string, report: Report): Promise<readonly LandedBatch[]> {
    const paths = await this.paths(table);
    const batches = await atOnce(REQUESTS_AT_ONCE, paths, (path) => this.#readBatch(path, report));
    return batches.filter((batch) => batch !== undefined);
  }

  async writeBatch(path: string): Promise<BatchWriting> {
    this.#key(path);
    return S3Batch.begin(this.#zone, path);
  }

  unremoved(): UnremovedParts | undefined {
    return this.#zone.unremoved.total;
  }

  async write(path: string, content: ObjectContent): Promise<void> {
    await putObject(this.#zone, this.#key(path), content);
    this.#zone.presence.forget();
  }

  async read(path: string): Promise<Readable> {
    return readObject(this.#zone.connection, this.#zone.bucket, this.#key(path));
  }

  async size(path: string): Promise<number | undefined> {
    return (await headObject(this.#zone, this.#key(path)))?.ContentLength;
  }

  async remove(path: string): Promise<void> {
    const { connection, bucket: Bucket } = this.#zone;
    const Key = this.#key(path);
    await connection.use(`remove "${Key}"`, (client) =>
      client.send(new DeleteObjectCommand({ Bucket, Key })),
    );
    this.#zone.presence.forget();
  }

  localPath(): undefined {
    return undefined;
  }

  /** Paths of a table's batches, the first `most` of them, in order. */
  async #manifests(table: string, most: number): Promise<readonly string[]> {
    const { connection, bucket, prefix } = this.#zone;
    const folder = `${this.#key(table)}/`;
    return connection.use(`list "${table}"`, async (client) => {
      const paths: string[] = [];
      for await (const { key } of listObjects(client, bucket, folder)) {
        const [first, second, ...deeper] = key.slice(folder.length).split('/');
        const isManifest = deeper.length === 0 && (second ?? first) === MANIFEST_NAME;
        if (isManifest) paths.push(key.slice(prefix.length, -`/${MANIFEST_NAME}`.length));
        if (paths.length === most) break;
      }
      return paths.sort();
    });
  }

  async #readBatch(path: string, report: Report): Promise<LandedBatch | undefined> {
    const { connection, bucket } = this.#zone;
    const key = this.#key(`${path}/${MANIFEST_NAME}`);
    const text = await beginningOf(readObject(connection, bucket, key), LONGEST_MANIFEST);
    const source = { path: `s3://${bucket}/${key}`, text };
    const manifest = parseManifest(source, { address: this.address, path }, report);
    return manifest === undefined ? undefined : { path, manifest };
  }

  /** The key of a path; refuses one that leaves the zone, or means the same as another. */
  #key(path: string): string {
    const isPath = path
      .split('/')
      .every((segment) => !['', '.', '..'].includes(segment) && !/[\\\0]/.test(segment));
    if (!isPath) throw new DiagnosticError([unsafeLandingPath({ address: this.address, path })]);
    return `${this.#zone.prefix}${path}`;
  }
}

/** The text of a stream; of a longer one than anybody means, not much more than so many bytes. */
async function beginningOf(content: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > most) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}
