import { HelperError } from '../template/helper.ts';

const FIELDS = [
  'YYYY',
  'IYYY',
  'YY',
  'MONTH',
  'Month',
  'month',
  'MON',
  'Mon',
  'mon',
  'MM',
  'MI',
  'MS',
  'DDD',
  'DD',
  'DY',
  'Dy',
  'dy',
  'DAY',
  'Day',
  'day',
  'D',
  'ID',
  'IW',
  'Q',
  'HH24',
  'HH12',
  'SS',
  'US',
  'AM',
] as const;

/** A field of a date pattern, spelled as Redshift's `to_char` spells it. */
export type PatternField = (typeof FIELDS)[number];

/** A piece of a date pattern: a field of the moment, or text that stands for itself. */
export type PatternPiece = { readonly field: PatternField } | { readonly text: string };

const LONGEST_FIRST = [...FIELDS].sort((a, b) => b.length - a.length);

/** Reads a `to_char` pattern; letters that are no field must stand in double quotes. Throws a `HelperError`. */
export function parseDatePattern(pattern: string): PatternPiece[] {
  if (pattern === '') throw new HelperError('The pattern of a date is empty.');
  const pieces: PatternPiece[] = [];
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const field = LONGEST_FIRST.find((candidate) => rest.startsWith(candidate));
    const text = field === undefined ? plainText(rest, pattern) : undefined;
    pieces.push(field === undefined ? { text: text?.text ?? '' } : { field });
    at += field?.length ?? text?.length ?? 1;
  }
  return pieces;
}

function plainText(rest: string, pattern: string): { readonly text: string; readonly length: number } {
  const quoted = /^"([^"]*)"/.exec(rest);
  if (quoted !== null) return { text: quoted[1] ?? '', length: quoted[0].length };
  if (/^[A-Za-z"]/.test(rest)) {
    throw new HelperError(
      `"${rest[0]}" in the pattern "${pattern}" is no field of a date.`,
      `Fields are ${FIELDS.join(' ')}; other letters stand in double quotes, as in 'YYYY"Q"Q'.`,
    );
  }
  return { text: rest.slice(0, 1), length: 1 };
}
