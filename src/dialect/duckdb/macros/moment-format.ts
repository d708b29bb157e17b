import { type PatternField, type PatternPiece, parseDatePattern } from '../../date-pattern.ts';
import { literal } from '../duckdb-text.ts';

/** A moment as text after a pattern of Redshift's: one `strftime` where its codes are enough, else pieces joined. */
export function formatMoment(moment: string, pattern: string): string {
  const pieces = parseDatePattern(pattern);
  const expressions: string[] = [];
  let codes = '';
  for (const piece of pieces) {
    const expression = expressionOf(piece, moment);
    if (expression === undefined) codes += codeOf(piece);
    else {
      if (codes !== '') expressions.push(strftime(moment, codes));
      expressions.push(expression);
      codes = '';
    }
  }
  if (codes !== '') expressions.push(strftime(moment, codes));
  return expressions.length === 1 ? expressions.join() : `(${expressions.join(' || ')})`;
}

function strftime(moment: string, codes: string): string {
  return `strftime(${moment}, ${literal(codes)})`;
}

function codeOf(piece: PatternPiece): string {
  return 'text' in piece ? piece.text.replaceAll('%', '%%') : (CODES[piece.field] ?? '');
}

function expressionOf(piece: PatternPiece, moment: string): string | undefined {
  return 'text' in piece ? undefined : EXPRESSIONS[piece.field]?.(moment);
}

const CODES: Readonly<Partial<Record<PatternField, string>>> = {
  YYYY: '%Y',
  YY: '%y',
  IYYY: '%G',
  IW: '%V',
  ID: '%u',
  MM: '%m',
  Month: '%B',
  Mon: '%b',
  DDD: '%j',
  DD: '%d',
  Day: '%A',
  Dy: '%a',
  HH24: '%H',
  HH12: '%I',
  MI: '%M',
  SS: '%S',
  MS: '%g',
  US: '%f',
  AM: '%p',
};

/** The fields that strftime has no code for. */
const EXPRESSIONS: Readonly<Partial<Record<PatternField, (moment: string) => string>>> = {
  MONTH: (moment) => `upper(${strftime(moment, '%B')})`,
  month: (moment) => `lower(${strftime(moment, '%B')})`,
  MON: (moment) => `upper(${strftime(moment, '%b')})`,
  mon: (moment) => `lower(${strftime(moment, '%b')})`,
  DAY: (moment) => `upper(${strftime(moment, '%A')})`,
  day: (moment) => `lower(${strftime(moment, '%A')})`,
  DY: (moment) => `upper(${strftime(moment, '%a')})`,
  dy: (moment) => `lower(${strftime(moment, '%a')})`,
  D: (moment) => `cast(dayofweek(${moment}) + 1 as varchar)`,
  Q: (moment) => `cast(quarter(${moment}) as varchar)`,
};
