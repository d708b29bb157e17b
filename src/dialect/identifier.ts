/** Cuts a name to a number of bytes of UTF-8, between characters, as an engine cuts identifiers that are too long. */
export function cutToBytes(name: string, bytes: number): string {
  if (name.length * 3 <= bytes) return name;
  let length = 0;
  let kept = '';
  for (const character of name) {
    length += Buffer.byteLength(character);
    if (length > bytes) return kept;
    kept += character;
  }
  return name;
}

/** Lower case of the letters A to Z only, as engines fold names whatever their locale. */
export function asciiLowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
