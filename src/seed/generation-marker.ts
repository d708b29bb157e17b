import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Landing } from '../landing/landing.ts';

const MARKER_PATH = '_generation.json';

const schema = z.object({
  version: z.literal(1),
  options: z.object({
    preset: z.string(),
    seed: z.number(),
    days: z.number(),
    users: z.number(),
    asOf: z.string(),
  }),
  tables: z.record(
    z.string(),
    z.object({
      inputs: z.string(),
      complete: z.boolean(),
      partitions: z.array(z.string()),
    }),
  ),
});

/**
 * What was generated into a landing zone. It is written before the first batch, with the tables to come as not complete,
 * and again behind the last; a table's `partitions` are all that it has ever had there.
 */
export type GenerationMarker = z.infer<typeof schema>;

/** The marker of a landing zone; undefined where nothing was generated, or by something else. */
export async function readMarker(landing: Landing): Promise<GenerationMarker | undefined> {
  if ((await landing.size(MARKER_PATH)) === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(await text(await landing.read(MARKER_PATH))));
  } catch {
    return undefined;
  }
}

export async function writeMarker(landing: Landing, marker: GenerationMarker): Promise<void> {
  await landing.write(MARKER_PATH, Buffer.from(`${JSON.stringify(marker, undefined, 1)}\n`));
}
