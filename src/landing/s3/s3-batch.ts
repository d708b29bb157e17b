import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3';
import { lostManifestRace } from '../../diagnostic/catalogue/landing-s3.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { type BatchManifest, MANIFEST_NAME, manifestText, partName } from '../batch-manifest.ts';
import type { BatchWriting, StoredPart } from '../landing.ts';
import { headObject } from './s3-head.ts';
import type { ListedObject } from './s3-listing.ts';
import { replaceManifest } from './s3-manifest.ts';
import type { FolderContent } from './s3-presence.ts';
import { removeObjects } from './s3-removal.ts';
import { putObject } from './s3-upload.ts';
import type { S3Zone } from './s3-zone.ts';

/**
 * A batch that is being written to S3. Its parts are named by what they hold: those that a killed write has left are not
 * sent again, and two writers never overwrite each other's. The manifest is written on the condition that it is still
 * the one that was there at the beginning; only then is removed what it does not name.
 */
export class S3Batch implements BatchWriting {
  readonly #zone: S3Zone;
  /** The batch's folder as a key: `prefix/orders/`. */
  readonly #folder: string;
  readonly #table: string;
  readonly #present: FolderContent;
  /** Parts that were stored or found, by name. */
  readonly #stored = new Map<string, ListedObject>();

  private constructor(zone: S3Zone, table: string, folder: string, present: FolderContent) {
    this.#zone = zone;
    this.#table = table;
    this.#folder = folder;
    this.#present = present;
  }

  /** Sees what is there, and gives up uploads into the batch's folder that a killed write has left open. */
  static async begin(zone: S3Zone, path: string): Promise<S3Batch> {
    const folder = `${zone.prefix}${path}/`;
    const table = `${zone.prefix}${path.split('/', 1)[0]}/`;
    const present = await zone.presence.in(table, folder);
    for (const { key, id } of await zone.takeAbandoned(folder)) {
      await zone.connection
        .use(`abort the upload of "${key}"`, (client) =>
          client.send(new AbortMultipartUploadCommand({ Bucket: zone.bucket, Key: key, UploadId: id })),
        )
        .catch(() => undefined);
    }
    return new S3Batch(zone, table, folder, present);
  }

  async writePart(number: number, pieces: readonly Uint8Array[], sha256: string): Promise<StoredPart> {
    const content = Buffer.concat(pieces);
    const name = partName(number, sha256);
    const key = `${this.#folder}${name}`;
    const url = `s3://${this.#zone.bucket}/${key}`;
    const stored = this.#present.has(name) ? await this.#storedSize(key, sha256) : undefined;
    if (stored === undefined) await putObject(this.#zone, key, content, { sha256 });
    const bytes = stored ?? content.length;
    this.#stored.set(name, { key, bytes, etag: '' });
    return { url, bytes };
  }

  async publish(manifest: BatchManifest): Promise<void> {
    const key = `${this.#folder}${MANIFEST_NAME}`;
    const text = manifestText(manifest);
    const etag = await this.#replaceManifest(key, text);
    const named = new Map(this.#stored).set(MANIFEST_NAME, { key, bytes: text.length, etag });
    const left = await this.#removeOthers(named);
    await this.#zone.presence.replace(this.#table, this.#folder, new Map([...left, ...named]));
  }

  /** The size of a part that is there, if it holds the CSV of this hash. */
  async #storedSize(key: string, sha256: string): Promise<number | undefined> {
    const found = await headObject(this.#zone, key);
    return found?.Metadata?.['sha256'] === sha256 ? found.ContentLength : undefined;
  }

  /** Removes the parts that the new manifest does not name; gives those that stay all the same. */
  async #removeOthers(named: FolderContent): Promise<FolderContent> {
    const others = [...this.#present].filter(([name]) => isPart(name) && !named.has(name));
    const kept = await removeObjects(
      this.#zone,
      others.map(([, { key }]) => key),
    );
    this.#zone.unremoved.add(kept);
    const keys = new Set(kept.map(({ key }) => key));
    return new Map(others.filter(([, { key }]) => keys.has(key)));
  }

  /** Gives the new manifest's etag. */
  async #replaceManifest(key: string, text: Uint8Array): Promise<string> {
    const etag = await replaceManifest(this.#zone, key, text, this.#present.get(MANIFEST_NAME)?.etag);
    if (etag !== undefined) return etag;
    this.#zone.presence.forget();
    throw new DiagnosticError([lostManifestRace({ manifest: `s3://${this.#zone.bucket}/${key}` })]);
  }
}

function isPart(name: string): boolean {
  return /^part-.*\.csv\.gz$/.test(name);
}
