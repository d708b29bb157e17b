import { type PatternField, type PatternPiece, parseDatePattern } from '../../date-pattern.ts';
import { literal } from '../postgres-text.ts';

/** A moment as text: PostgreSQL's `to_char` reads the same patterns, but pads names with blanks unless told not to. */
export function formatMoment(moment: string, pattern: string): string {
  return `to_char(${moment}, ${literal(postgresPattern(parseDatePattern(pattern)))})`;
}

function postgresPattern(pieces: readonly PatternPiece[]): string {
  return pieces.map((piece) => ('text' in piece ? plainText(piece.text) : field(piece.field))).join('');
}

function field(name: PatternField): string {
  return PADDED.has(name) ? `FM${name}` : name;
}

const PADDED: ReadonlySet<PatternField> = new Set(['MONTH', 'Month', 'month', 'DAY', 'Day', 'day']);

/** Punctuation stands for itself; letters would be fields. */
function plainText(text: string): string {
  return /^[-:./, ]*$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
