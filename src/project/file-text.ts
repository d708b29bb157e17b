import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { spanAt } from '../diagnostic/span.ts';

/** A file's text beside its bytes. */
export interface FileText {
  readonly source: SourceText;
  readonly bytes: Buffer;
}

const REPLACEMENT = '\uFFFD';

/**
 * Reads a file of the project as UTF-8, without a byte order mark; `lines` also makes CRLF one LF.
 * What cannot be read or is not UTF-8 is reported.
 */
export function readText(
  root: string,
  path: string,
  lines: 'lf' | 'as-is',
  report: Report,
): FileText | undefined {
  const bytes = readBytes(root, path, report);
  if (bytes === undefined) return undefined;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const source = { path, text: lines === 'lf' && text.includes('\r') ? text.replaceAll('\r\n', '\n') : text };
  if (isUtf8(bytes)) return { source, bytes };
  reportInvalidByte(source, bytes, report);
  return undefined;
}

function readBytes(root: string, path: string, report: Report): Buffer | undefined {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    report(catalogue.unreadableFile({ path, reason: reasonOf(error) }));
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it is gone';
  return error instanceof Error ? error.message : String(error);
}

function reportInvalidByte(source: SourceText, bytes: Buffer, report: Report): void {
  const offset = firstInvalidByte(bytes);
  const character = source.text.indexOf(REPLACEMENT);
  report(catalogue.invalidUtf8({ span: spanAt(source, character), offset, byte: bytes[offset] ?? 0 }));
}

/** Where the longest start of the bytes that is UTF-8 ends; found among starts that may end within a character. */
function firstInvalidByte(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValidStart(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  let end = valid;
  while (!isUtf8(bytes.subarray(0, end))) end--;
  return end;
}

function isValidStart(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++)
    if (isUtf8(bytes.subarray(0, bytes.length - cut)))
      return cut === 0 || isUnfinished(bytes.subarray(bytes.length - cut));
  return false;
}

/** Whether bytes begin a character of UTF-8 and could go on to finish it. */
function isUnfinished(tail: Buffer): boolean {
  const [lead = 0] = tail;
  const length =
    lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  return tail.length < length && tail.subarray(1).every((byte) => byte >= 0x80 && byte < 0xc0);
}
