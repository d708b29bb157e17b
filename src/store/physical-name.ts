import { hashOf } from './hash.ts';

const HASH_LENGTH = 12;
const SHORT_HASH_LENGTH = 8;

/** The name of an attempt to build a version: `daily__3fa9c1d2e4b7`, the node's name cut so that the engine keeps it whole. */
export function physicalName(node: string, key: string, attempt: number, identifierBytes: number): string {
  return cutBefore(node, `__${hashOf([key, attempt]).slice(0, HASH_LENGTH)}`, identifierBytes);
}

/**
 * A name with a suffix (ASCII): `daily__next`. Where the engine would not keep it whole the name is cut, and a hash of it keeps
 * names apart that begin alike.
 */
export function withSuffix(name: string, suffix: string, identifierBytes: number): string {
  if (Buffer.byteLength(name) + suffix.length <= identifierBytes) return name + suffix;
  return cutBefore(name, `_${hashOf(name).slice(0, SHORT_HASH_LENGTH)}${suffix}`, identifierBytes);
}

/** A name cut between characters, so that it fits in the engine's limit together with what follows it. */
function cutBefore(name: string, end: string, identifierBytes: number): string {
  let room = identifierBytes - end.length;
  let kept = '';
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + end;
}
