import type { ColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { cellProblem, roundingProblem } from '../seed/cell-type.ts';

/** The whole numbers of the embedded engine that no portable type stands for; sums of whole numbers are of such a type. */
const WHOLE_TYPES = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;

/** Why a text is not exactly a value of a type of the embedded engine, as the end of a sentence; undefined where nothing speaks against it. */
export function valueProblem(text: string, engineType: string, dialect: Dialect): string | undefined {
  const type = dialect.parseType(engineType);
  if (type !== undefined) return cellProblem(text, type) ?? roundingProblem(text, type);
  const isWhole = /^[+-]?\d+(?:\.0*)?$/.test(text);
  return WHOLE_TYPES.test(engineType) && !isWhole ? 'is not a whole number' : undefined;
}

const KINDS_TOLD_APART: ReadonlySet<ColumnType['kind']> = new Set([
  'varchar',
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'boolean',
  'date',
]);

/** Whether `valueProblem` knows all that the engine may say against a text; else the engine has to be asked. */
export function isToldApart(engineType: string, dialect: Dialect): boolean {
  const kind = dialect.parseType(engineType)?.kind;
  return kind !== undefined && KINDS_TOLD_APART.has(kind);
}
