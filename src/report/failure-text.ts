import { countText } from '../diagnostic/counted.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { Relation } from '../dialect/relation.ts';
import { quoteUnlessPlain } from '../dialect/sql-text.ts';
import type { RunResult } from '../run/run-result.ts';
import type { Colors } from './colors.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { differenceText } from './difference-text.ts';
import { rowsText } from './number-text.ts';
import { printable, printableLine } from './printable.ts';
import { tableText } from './table-text.ts';

/** What there is to know about a node that did not end well; undefined if all is well. */
export function failureText(result: RunResult, colors: Colors): string | undefined {
  switch (result.status) {
    case 'fail':
    case 'warn':
      return indent(testFailure(result, colors));
    case 'error':
      return indent(errorLines(result, colors));
    case 'superseded':
    case 'success':
    case 'reused':
    case 'skipped':
    case 'pass':
    case 'cancelled':
      return undefined;
  }
}

function errorLines({ diagnostic, message, compiledPath }: RunResult, colors: Colors): readonly string[] {
  return [
    ...(diagnostic === undefined ? [] : [diagnosticText(diagnostic, colors)]),
    ...(diagnostic === undefined && message !== undefined ? [printable(message)] : []),
    ...(compiledPath === undefined ? [] : [`SQL       ${colors.cyan(compiledPath)}`]),
  ];
}

function testFailure(result: RunResult, colors: Colors): readonly string[] {
  const { name, attachedTo, declaredAt, failures, compiledPath, sample, message, difference, relation } =
    result;
  const failed = failures === undefined || difference !== undefined ? undefined : rowsText(failures);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['test', attachedTo === undefined ? name : `${name} of ${attachedTo}`],
    ['declared', declaredAt === undefined ? undefined : formatPlace(declaredAt)],
    ['failed', failed],
    ['because', message],
    ['SQL', compiledPath],
    ['stored', relation && `select * from ${relationText(relation)}`],
  ];
  const lines = facts.flatMap(([label, fact]) =>
    fact === undefined ? [] : [`${colors.dim(label.padEnd(8))}  ${printableLine(fact)}`],
  );
  if (difference !== undefined) return [...lines, differenceText(difference, colors)];
  return sample === undefined || sample.rows.length === 0
    ? lines
    : [...lines, colors.dim(sampleTitle(sample.rows.length, failures)), indent([tableText(sample, colors)])];
}

/** A relation as it may be typed on every engine; behind the dot no word is reserved. */
function relationText({ schema, name }: Relation): string {
  return [schema, name].map((part) => quoteUnlessPlain(part, new Set())).join('.');
}

function sampleTitle(shown: number, failures: number | undefined): string {
  return failures === undefined || failures <= shown
    ? 'failing rows'
    : `first ${countText(shown)} of ${rowsText(failures)}`;
}

function indent(texts: readonly string[]): string {
  return texts
    .flatMap((text) => text.split('\n'))
    .map((line) => `  ${line}`)
    .join('\n');
}
