import type { S3Connection } from './s3-connection.ts';
import { type ListedObject, listObjects } from './s3-listing.ts';

/** Objects of a batch's folder by name. */
export type FolderContent = ReadonlyMap<string, ListedObject>;

/**
 * What a landing zone's tables held when they were first written to, and what was written since: a table of a thousand
 * batches is listed once, not a thousand times. What others write meanwhile shows when a manifest is to be replaced.
 */
export class S3Presence {
  readonly #connection: S3Connection;
  readonly #bucket: string;
  readonly #tables = new Map<string, Promise<Map<string, FolderContent>>>();

  constructor(connection: S3Connection, bucket: string) {
    this.#connection = connection;
    this.#bucket = bucket;
  }

  /** What a batch's folder holds; `table` is the key of the table's folder, or the same. */
  async in(table: string, folder: string): Promise<FolderContent> {
    return (await this.#listed(table)).get(folder) ?? new Map();
  }

  async replace(table: string, folder: string, content: FolderContent): Promise<void> {
    (await this.#listed(table)).set(folder, content);
  }

  /** Looks again at the next question. */
  forget(): void {
    this.#tables.clear();
  }

  #listed(table: string): Promise<Map<string, FolderContent>> {
    let listed = this.#tables.get(table);
    if (listed === undefined) {
      listed = this.#list(table);
      listed.catch(() => this.#tables.delete(table));
      this.#tables.set(table, listed);
    }
    return listed;
  }

  #list(table: string): Promise<Map<string, FolderContent>> {
    return this.#connection.use(`list "${table}"`, async (client) => {
      const folders = new Map<string, Map<string, ListedObject>>();
      for await (const object of listObjects(client, this.#bucket, table)) {
        const end = object.key.lastIndexOf('/') + 1;
        const folder = object.key.slice(0, end);
        const content = folders.get(folder) ?? new Map<string, ListedObject>();
        folders.set(folder, content.set(object.key.slice(end), object));
      }
      return folders;
    });
  }
}
