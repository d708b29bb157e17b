import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * A line of a golden table: a macro's arguments, the query whose rows it is selected from, if any, and what every
 * engine must give: one value (`result`), or the rows of a query (`rows`).
 */
const goldenCase = z.strictObject({
  title: z.string().optional(),
  arguments: z.array(z.union([z.string(), z.number(), z.array(z.string())])),
  named: z.record(z.string(), z.string()).optional(),
  over: z.string().optional(),
  result: value.optional(),
  rows: z.array(z.array(value)).optional(),
});

export type GoldenCase = z.infer<typeof goldenCase>;

const SUFFIX = '.golden.json';

/** The golden tables by the name of their macro, from the files beside this one. */
export function goldenTables(): ReadonlyMap<string, readonly GoldenCase[]> {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(SUFFIX));
  return new Map(files.map((file) => [file.slice(0, -SUFFIX.length), readTable(new URL(file, folder))]));
}

function readTable(file: URL): GoldenCase[] {
  return z.array(goldenCase).parse(JSON.parse(readFileSync(file, 'utf8')));
}
