/** Control characters, and those that turn the direction of text: a terminal would obey them. Tab and line feed stay. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text of the user's or the warehouse's without the characters that would steer a terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}

/** The same on one line: line feeds show as `↵`, tabs as a space. */
export function printableLine(text: string): string {
  return printable(text.replace(/\r?\n/g, '↵').replaceAll('\t', ' '));
}
