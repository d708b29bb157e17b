import { hashOf } from './hash.ts';

const HASH_LENGTH = 12;

/** The name of an attempt to build a version: `daily__3fa9c1d2e4b7`, the node's name cut so that the engine keeps it whole. */
export function physicalName(node: string, key: string, attempt: number, identifierBytes: number): string {
  const suffix = `__${hashOf([key, attempt]).slice(0, HASH_LENGTH)}`;
  return withSuffix(node, suffix, identifierBytes);
}

/** A name with a suffix (ASCII), the name cut between characters so that both fit in the engine's limit. */
export function withSuffix(name: string, suffix: string, identifierBytes: number): string {
  let room = identifierBytes - suffix.length;
  let kept = '';
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + suffix;
}
