import { createHash } from 'node:crypto';
import type { YamlValue } from '../project/project.ts';

/** sha256, hex, of a value's JSON with the keys of its objects in order: equal values, equal hashes. */
export function hashOf(value: YamlValue): string {
  return createHash('sha256').update(JSON.stringify(value, inKeyOrder)).digest('hex');
}

function inKeyOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
