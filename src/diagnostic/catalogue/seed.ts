import { counted, countText } from '../counted.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { SourceText } from '../source-text.ts';
import { type Position, type Span, spanAt } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

/** A module below the seed paths whose default export is not a seed. */
export function notASeed(at: { span: Span; problem: string }): Diagnostic {
  return {
    code: 'LOD-002',
    severity: 'error',
    message: `The module does not declare a seed: ${at.problem}.`,
    span: at.span,
    hint: 'Write `export default defineSeed({ … })`, or begin the file’s name with `_` if other seeds import it.',
  };
}

/** A generator that threw while it wrote rows. */
export function seedFailed(at: { span: Span; partition: string; reason: string }): Diagnostic {
  const where = at.partition === '' ? '' : ` in partition ${at.partition}`;
  return {
    code: 'LOD-003',
    severity: 'error',
    message: `The seed failed${where}: ${at.reason}`,
    span: at.span,
    hint: 'The seed’s own code threw this. What was generated before is complete; mend it and run the command again.',
  };
}

/** An option of `generate` that is out of range. */
export function badSeedOption(at: { option: string; value: unknown; expected: string }): Diagnostic {
  return {
    code: 'LOD-004',
    severity: 'error',
    message: `--${at.option} must be ${at.expected}, not ${JSON.stringify(at.value)}.`,
  };
}

/** A preset that nobody knows. */
export function unknownPreset(at: { name: string; presets: readonly string[] }): Diagnostic {
  const hint = didYouMean(at.name, at.presets) ?? `The presets are ${at.presets.join(', ')}.`;
  return { code: 'LOD-005', severity: 'error', message: `There is no preset "${at.name}".`, hint };
}

/** A static seed without a header line. */
export function emptySeed(at: { source: SourceText }): Diagnostic {
  return {
    code: 'LOD-010',
    severity: 'error',
    message: `The seed ${at.source.path} is empty.`,
    span: spanAt(at.source, 0),
    hint: 'The first line names the columns.',
  };
}

/** A column name that stands twice in a header (names are compared in lower case), or is missing. */
export function badSeedHeader(at: { span: Span; problem: string }): Diagnostic {
  return { code: 'LOD-011', severity: 'error', message: `The seed’s header ${at.problem}.`, span: at.span };
}

/** A row with more or fewer cells than the header. */
export function raggedRow(at: { span: Span; cells: number; columns: number }): Diagnostic {
  return {
    code: 'LOD-012',
    severity: 'error',
    message: `The row has ${counted(at.cells, 'cell')}, the header has ${counted(at.columns, 'column')}.`,
    span: at.span,
    hint: 'A value with a comma in it needs double quotes.',
  };
}

/** A quote that is never closed, or stands where none may. */
export function badQuote(at: { span: Span; problem: string }): Diagnostic {
  return {
    code: 'LOD-013',
    severity: 'error',
    message: sentence(at.problem),
    span: at.span,
    hint: 'Inside a quoted value a double quote is written twice.',
  };
}

/** A value that does not fit the declared type of its column. */
export function badCell(at: { span: Span; column: string; value: string; reason: string }): Diagnostic {
  return {
    code: 'LOD-014',
    severity: 'error',
    message: `Column "${at.column}": ${JSON.stringify(at.value)} ${at.reason}.`,
    span: at.span,
    hint: `Mend the cell, or declare another type for "${at.column}" under column_types.`,
  };
}

/** A declared type that is none, or is declared for a column that the seed does not have. */
export function badColumnType(at: {
  span: Span;
  column: string;
  problem: string;
  hint: string | undefined;
}): Diagnostic {
  return {
    code: 'LOD-015',
    severity: 'error',
    message: `Column type of "${at.column}": ${at.problem}.`,
    span: at.span,
    ...(at.hint !== undefined && { hint: at.hint }),
  };
}

/** A value in a landed file that cannot be loaded; `file` is as people find it, `line` and `column` count from 1. */
export function badLandedRow(at: {
  file: string;
  position: Position;
  line: string;
  column: string | undefined;
  value: string | undefined;
  reason: string;
}): Diagnostic {
  const value = at.value === undefined ? '' : ` ${JSON.stringify(at.value)}`;
  const column = at.column === undefined ? 'The row' : `Column "${at.column}":`;
  return {
    code: 'LOD-020',
    severity: 'error',
    message: `${column}${value} ${sentence(at.reason)}`,
    span: landedSpan(at.file, at.position, at.line),
  };
}

/** More bad rows than are shown one by one. */
export function moreBadRows(at: { table: string; shown: number; bad: number }): Diagnostic {
  return {
    code: 'LOD-021',
    severity: 'error',
    message: `${counted(at.bad, 'row')} of "${at.table}" cannot be loaded; the first ${at.shown} are shown.`,
  };
}

/** What to do about bad rows, once for a table. */
export function tooManyBadRows(at: { table: string; bad: number; allowed: number }): Diagnostic {
  return {
    code: 'LOD-022',
    severity: 'error',
    message: `${counted(at.bad, 'bad row')} in "${at.table}", ${countText(at.allowed)} allowed: nothing of these batches was loaded.`,
    hint: 'Mend the files, or allow bad rows with `--max-errors`; they land in a table of rejects.',
  };
}

/** A batch whose files do not hold the rows that its manifest counts. */
export function wrongRowCount(at: {
  table: string;
  partition: string;
  expected: number;
  found: number;
}): Diagnostic {
  return {
    code: 'LOD-023',
    severity: 'error',
    message: `${place(at)} holds ${counted(at.found, 'row')}, its manifest says ${countText(at.expected)}.`,
    hint: 'The batch is damaged, or rows lie in another partition’s files: generate it again. Nothing of it was loaded.',
  };
}

/** Batches of a table that disagree about its columns. */
export function mixedColumns(at: { span: Span; table: string; other: string }): Diagnostic {
  return {
    code: 'LOD-024',
    severity: 'error',
    message: `This batch of "${at.table}" has other columns than ${at.other}.`,
    span: at.span,
    hint: 'All batches of a table have the same columns in the same order: write the older ones again.',
  };
}

/** A landed table whose columns changed while partitions without a batch still hold the old ones. */
export function changedColumns(at: { table: string; missing: readonly string[] }): Diagnostic {
  return {
    code: 'LOD-025',
    severity: 'error',
    message: `The columns of "${at.table}" changed, but ${at.missing.length} of its partitions have no batch in the landing zone: ${at.missing.slice(0, 5).join(', ')}.`,
    hint: 'Land these partitions again with the new columns; then the table is made anew.',
  };
}

/** A load that lost its claims to another load of the same table again and again. */
export function loadRace(at: { table: string }): Diagnostic {
  return {
    code: 'LOD-026',
    severity: 'error',
    message: `Another load of "${at.table}" is at work.`,
    hint: 'Wait for it, then run the command again.',
  };
}

/** The engine refused a load whose rows look right. */
export function loadFailed(at: { table: string; reason: string; hint: string | undefined }): Diagnostic {
  return {
    code: 'LOD-027',
    severity: 'error',
    message: `"${at.table}" cannot be loaded: ${at.reason}`,
    ...(at.hint !== undefined && { hint: at.hint }),
  };
}

/** The bytes of a landed part are not what a gzip file is. */
export function unreadablePart(at: { part: string; reason: string }): Diagnostic {
  return {
    code: 'LOD-028',
    severity: 'error',
    message: `${at.part} cannot be uncompressed: ${at.reason}`,
    hint: 'Remove the batch folder and run `model generate`, or let its producer write the batch again.',
  };
}

function landedSpan(file: string, position: Position, line: string): Span {
  const text = '\n'.repeat(position.line - 1) + line;
  return {
    source: { path: file, text },
    start: position,
    end: { line: position.line, column: position.column + 1 },
  };
}

function place(at: { table: string; partition: string }): string {
  return at.partition === '' ? `"${at.table}"` : `Partition ${at.partition} of "${at.table}"`;
}

/** With a full stop, where what an engine or a library says has none. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
