import { gunzipSync, gzipSync } from 'node:zlib';

/** The longest text that every engine's column holds: Redshift's, in bytes. */
const MOST_BYTES = 65_535;
const PACKED = 'gzip:';

/** A value as a state row holds it: JSON, and packed where it would be too long for a column. */
export function stateJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (Buffer.byteLength(json) <= MOST_BYTES) return json;
  return `${PACKED}${gzipSync(json).toString('base64')}`;
}

/** The value of a text that stateJson wrote. */
export function parseStateJson<T>(text: string): T {
  if (!text.startsWith(PACKED)) return JSON.parse(text) as T;
  return JSON.parse(gunzipSync(Buffer.from(text.slice(PACKED.length), 'base64')).toString('utf8')) as T;
}
