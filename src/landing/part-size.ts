/** How a batch is cut into parts; sizes are bytes of CSV, of which gzip leaves a fifth or so. */
export interface PartSize {
  /** So many parts are filled at the same time. */
  readonly slices: number;
  /** A part has at least so many, but for the last ones of a batch. */
  readonly least: number;
  /** A part is full at so many. */
  readonly most: number;
}

const MEGABYTE = 1024 * 1024;
/** What is filled at the same time is held in memory, compressed. */
const WAVE_BYTES = 128 * MEGABYTE;

/**
 * The cut for an engine of so many slices, of which each reads one gzip file at a time: a large batch becomes waves of as
 * many parts of the same size, between 1 MB and 1 GB compressed, as Amazon Redshift advises; a small one is one part.
 */
export function partSize(slices: number): PartSize {
  const least = 8 * MEGABYTE;
  const most = Math.min(64 * MEGABYTE, Math.max(least, Math.floor(WAVE_BYTES / slices)));
  return { slices, least, most };
}
