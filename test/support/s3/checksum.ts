import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The checksums of S3 that this server verifies. */
export const ALGORITHMS = ['crc32', 'crc32c', 'sha1', 'sha256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A checksum in the making. */
export interface Checksum {
  readonly update: (bytes: Uint8Array) => void;
  /** Big-endian bytes in base64, as S3 writes them. */
  readonly digest: () => string;
}

export function checksum(algorithm: Algorithm): Checksum {
  switch (algorithm) {
    case 'crc32':
      return cyclic((bytes, before) => crc32(bytes, before));
    case 'crc32c':
      return cyclic(crc32c);
    case 'sha1':
    case 'sha256': {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
    }
  }
}

/** The checksum of a multipart object: that of its parts' checksums, and their number. */
export function compositeChecksum(algorithm: Algorithm, parts: readonly string[]): string {
  const whole = checksum(algorithm);
  for (const part of parts) whole.update(Buffer.from(part, 'base64'));
  return `${whole.digest()}-${parts.length}`;
}

function cyclic(step: (bytes: Uint8Array, before: number) => number): Checksum {
  let value = 0;
  return {
    update: (bytes) => {
      value = step(bytes, value);
    },
    digest: () => {
      const digest = Buffer.alloc(4);
      digest.writeUInt32BE(value >>> 0);
      return digest.toString('base64');
    },
  };
}

const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(bytes: Uint8Array, before: number): number {
  let value = ~before;
  for (const byte of bytes) value = (CASTAGNOLI[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}
