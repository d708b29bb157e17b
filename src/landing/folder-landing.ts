import {
  closeSync,
  createReadStream,
  createWriteStream,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { landingNotWritable, symlinkInLanding } from '../diagnostic/catalogue/landing.ts';
import { DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { MANIFEST_NAME, manifestText, partName } from './batch-manifest.ts';
import type { BatchWriting, LandedBatch, Landing, ObjectContent } from './landing.ts';
import { folderEntries, localPath, walkFolder } from './landing-folder.ts';
import { parseManifest } from './parse-manifest.ts';

/**
 * A landing zone in a folder; objects appear by rename, symbolic links below the root are refused.
 * Batches are many small files, for which synchronous calls take a fraction of the time: only what is large is streamed.
 */
export class FolderLanding implements Landing {
  readonly address: string;
  readonly batchesAtOnce: number = 1;
  readonly slices = 1;
  #temporaries = 0;

  /** `root` is an absolute path; the folder is made by the first write. */
  constructor(root: string) {
    this.address = root;
  }

  async tables(): Promise<readonly string[]> {
    const tables: string[] = [];
    for (const { name, folder } of folderEntries(this.address, '')) {
      if (folder && this.#holdsBatch(name)) tables.push(name);
    }
    return tables;
  }

  async paths(table: string): Promise<readonly string[]> {
    return this.#possibleBatches(table).filter((path) => this.#isBatch(path));
  }

  async batches(table: string, report: Report): Promise<readonly LandedBatch[]> {
    return this.#possibleBatches(table).flatMap((path) => this.#readBatch(path, report) ?? []);
  }

  /** The manifest goes first, so that nobody sees a batch with missing parts; then what it named or a killed write left. */
  async writeBatch(path: string): Promise<BatchWriting> {
    const names = this.#filesBelow(path);
    if (names.includes(MANIFEST_NAME)) await this.remove(`${path}/${MANIFEST_NAME}`);
    for (const name of names) {
      if (/^(part-\d+\.csv\.gz|\..*\.tmp)$/.test(name)) await this.remove(`${path}/${name}`);
    }
    return {
      writePart: async (number, pieces) => {
        const url = partName(number);
        await this.#writeFile(`${path}/${url}`, (file) => writePieces(file, pieces));
        return { url, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0) };
      },
      publish: (manifest) => this.write(`${path}/${MANIFEST_NAME}`, manifestText(manifest)),
    };
  }

  unremoved(): undefined {
    return undefined;
  }

  async write(path: string, content: ObjectContent): Promise<void> {
    await this.#writeFile(path, async (file) => {
      if (content instanceof Uint8Array) writeFileSync(file, content, { flag: 'wx' });
      else await pipeline(content, createWriteStream(file, { flags: 'wx' }));
    });
  }

  async read(path: string): Promise<Readable> {
    return createReadStream(localPath(this.address, path));
  }

  async size(path: string): Promise<number | undefined> {
    return statSync(localPath(this.address, path), { throwIfNoEntry: false })?.size;
  }

  async remove(path: string): Promise<void> {
    rmSync(localPath(this.address, path), { force: true });
  }

  region(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  localPath(path: string): string {
    return localPath(this.address, path);
  }

  /** What a write will find in the way. */
  #filesBelow(path: string): readonly string[] {
    try {
      return folderEntries(this.address, path).flatMap(({ name, folder }) => (folder ? [] : [name]));
    } catch (error) {
      throw this.#writeError(path, error);
    }
  }

  /** Lets a file appear whole; `write` makes it under another name first. */
  async #writeFile(path: string, write: (file: string) => Promise<void> | void): Promise<void> {
    const file = localPath(this.address, path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const temporary = join(dirname(file), `.${name}.${process.pid}-${this.#temporaries++}.tmp`);
    try {
      mkdirSync(dirname(file), { recursive: true });
      await write(temporary);
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw this.#writeError(path, error);
    }
  }

  /** One batch is enough: a table may have thousands. */
  #holdsBatch(table: string): boolean {
    if (this.#isBatch(table)) return true;
    for (const { name, folder } of walkFolder(this.address, table)) {
      if (folder && this.#isBatch(`${table}/${name}`)) return true;
    }
    return false;
  }

  /** The table's folder, if it holds a manifest, and the folders in it, in order; none of them is a link. */
  #possibleBatches(table: string): readonly string[] {
    const entries = folderEntries(this.address, table);
    const paths = entries.filter((entry) => entry.folder).map((entry) => `${table}/${entry.name}`);
    return entries.some((entry) => entry.name === MANIFEST_NAME) ? [table, ...paths] : paths;
  }

  /** `path` is known to hold no links above its manifest; looking at each of its segments again would cost as much as reading. */
  #isBatch(path: string): boolean {
    const stats = lstatSync(join(this.address, path, MANIFEST_NAME), { throwIfNoEntry: false });
    if (stats?.isSymbolicLink())
      throw new DiagnosticError([symlinkInLanding({ address: this.address, path })]);
    return stats?.isFile() ?? false;
  }

  #readBatch(path: string, report: Report): LandedBatch | undefined {
    if (!this.#isBatch(path)) return undefined;
    const file = join(this.address, path, MANIFEST_NAME);
    const source: SourceText = { path: file, text: readFileSync(file, 'utf8') };
    const manifest = parseManifest(source, { address: this.address, path }, report);
    return manifest === undefined ? undefined : { path, manifest };
  }

  #writeError(path: string, error: unknown): unknown {
    const code = errorCode(error);
    const reason = code === undefined ? undefined : WRITE_FAILURES[code];
    if (reason === undefined) return error;
    return new DiagnosticError([landingNotWritable({ address: this.address, path, reason })]);
  }
}

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a file is where its folder should be',
};

/** Pieces one behind the other, which saves putting them together first. */
function writePieces(file: string, pieces: readonly Uint8Array[]): void {
  const opened = openSync(file, 'wx');
  try {
    for (const piece of pieces) writeFileSync(opened, piece);
  } finally {
    closeSync(opened);
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
