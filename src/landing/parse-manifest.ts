import { z } from 'zod';
import { foreignEntry, malformedManifest, misplacedManifest } from '../diagnostic/catalogue/landing.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { parseColumnType } from '../dialect/column-type.ts';
import { type BatchColumn, type BatchManifest, batchPath } from './batch-manifest.ts';

/** A manifest may have so many characters. */
export const LONGEST_MANIFEST = 16 * 1024 * 1024;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const name = z.string().min(1).max(200);

const schema = z.object({
  version: z.literal(1),
  table: name,
  columns: z
    .array(z.object({ name, type: z.string().refine(isPortableType, { error: 'not a portable type' }) }))
    .min(1),
  partition: z.object({ column: name, value: z.string().max(1000), date_of: name.optional() }).optional(),
  entries: z.array(
    z.object({
      url: name.max(2000),
      mandatory: z.literal(true),
      rows: count,
      bytes: count,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  inputs: z.string().optional(),
});

const besideColumns = schema.omit({ columns: true });

/** Reads a batch's manifest; what it says must agree with the folder it lies in. Reports all that is wrong with it. */
export function parseManifest(
  source: SourceText,
  folder: { readonly address: string; readonly path: string },
  report: Report,
): BatchManifest | undefined {
  const json = parseJson(source, report);
  if (json === undefined) return undefined;
  const parsed = checked(json.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const problem = `${issue.path.length === 0 ? 'the document' : issue.path.join('.')}: ${issue.message}`;
      report(malformedManifest({ source, offset: offsetOf(source.text, issue.path), problem }));
    }
    return undefined;
  }
  const manifest = withoutUndefined(parsed.data);
  return agreesWithFolder(manifest, source, folder, report) ? manifest : undefined;
}

const knownColumns = new Map<string, BatchColumn[]>();

/** Checks a manifest. All batches of a table have the same columns, which are checked once. */
function checked(value: unknown): z.ZodSafeParseResult<z.infer<typeof schema>> {
  const written = JSON.stringify((value as { columns?: unknown } | null)?.columns) ?? '';
  const columns = knownColumns.get(written);
  if (columns !== undefined) {
    const rest = besideColumns.safeParse(value);
    if (rest.success) return { success: true, data: { ...rest.data, columns } };
  }
  const whole = schema.safeParse(value);
  if (whole.success) knownColumns.set(written, whole.data.columns);
  return whole;
}

/** The path of a part below the landing root; undefined where a manifest names a file that is not in its own folder. */
export function entryPath(address: string, path: string, url: string): string | undefined {
  const prefix = `${address}/${path}/`;
  const file = url.startsWith(prefix) ? url.slice(prefix.length) : url;
  return /^[^/\\\0]+$/.test(file) && file !== '.' && file !== '..' ? `${path}/${file}` : undefined;
}

/** The offset at which a manifest's value stands, by the path of its keys. */
function offsetOf(text: string, path: readonly PropertyKey[]): number {
  let offset = 0;
  for (const key of path) {
    if (typeof key === 'number') {
      for (let skipped = 0; skipped <= key; skipped++) offset = text.indexOf('{', offset + 1);
    } else {
      offset = text.indexOf(JSON.stringify(String(key)), offset);
    }
    if (offset < 0) return 0;
  }
  return offset;
}

function parseJson(source: SourceText, report: Report): { readonly value: unknown } | undefined {
  const problem = source.text.length > LONGEST_MANIFEST ? 'it is longer than 16 MB' : undefined;
  if (problem !== undefined) {
    report(malformedManifest({ source: { path: source.path, text: '' }, offset: 0, problem }));
    return undefined;
  }
  try {
    return { value: JSON.parse(source.text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const offset = position === undefined ? source.text.length : Number(position);
    report(malformedManifest({ source, offset, problem: 'it is not JSON' }));
    return undefined;
  }
}

function agreesWithFolder(
  manifest: BatchManifest,
  source: SourceText,
  folder: { readonly address: string; readonly path: string },
  report: Report,
): boolean {
  let agrees = true;
  const expected = batchPath(manifest.table, manifest.partition);
  if (expected !== folder.path) {
    report(misplacedManifest({ source, offset: offsetOf(source.text, ['table']), expected }));
    agrees = false;
  }
  manifest.entries.forEach((entry, index) => {
    if (entryPath(folder.address, folder.path, entry.url) !== undefined) return;
    const offset = offsetOf(source.text, ['entries', index, 'url']);
    report(foreignEntry({ source, offset, url: entry.url }));
    agrees = false;
  });
  return agrees;
}

function isPortableType(type: string): boolean {
  return parseColumnType(type) !== undefined;
}

function withoutUndefined(parsed: z.infer<typeof schema>): BatchManifest {
  const { partition, inputs, ...rest } = parsed;
  return {
    ...rest,
    ...(partition !== undefined && { partition: withoutUndefinedDate(partition) }),
    ...(inputs !== undefined && { inputs }),
  };
}

function withoutUndefinedDate(partition: NonNullable<z.infer<typeof schema>['partition']>) {
  const { date_of, ...rest } = partition;
  return date_of === undefined ? rest : { ...rest, date_of };
}
