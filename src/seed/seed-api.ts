import { csvCell } from './csv-cell.ts';
import { defineSeed } from './define-seed.ts';
import { hashBits, hashUnit, Random, scramble } from './random.ts';
import { dayNumber, isoDay } from './seed-context.ts';

/** What a seed module sees when it imports `modelwright`. */
export const seedApi = { defineSeed, csvCell, Random, hashBits, hashUnit, scramble, dayNumber, isoDay };
