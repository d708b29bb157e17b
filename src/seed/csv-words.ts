/** The digits of 0000 to 9999. */
export const FOUR_DIGITS = wordsOf(10_000, (n) => String(n).padStart(4, '0'));

/** Hexadecimal of 00 to ff. */
const HEX = wordsOf(256, (n) => n.toString(16).padStart(2, '0'));

/** `HH:MM:` of each minute of a day, in two words. */
export const CLOCK = wordsOf(2880, (n) => clockText(n >> 1).slice(n & 1 ? 4 : 0));

/** `SS,` of each second of a minute. */
export const SECONDS = wordsOf(60, (n) => `${String(n).padStart(2, '0')},`);

/** The lower 16 bits, as four hexadecimal digits. */
export function hexDigits(bits: number): number {
  return (HEX[(bits >>> 8) & 255] ?? 0) | ((HEX[bits & 255] ?? 0) << 16);
}

/** Up to four ASCII characters for each number, as little-endian words. */
function wordsOf(count: number, textOf: (n: number) => string): Int32Array {
  return Int32Array.from({ length: count }, (_, n) =>
    [...textOf(n).slice(0, 4)].reduce((word, letter, i) => word | (letter.charCodeAt(0) << (8 * i)), 0),
  );
}

/** `23:59:` */
function clockText(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`;
}
