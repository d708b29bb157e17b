import type { FailingRows } from './finding.ts';
import type { GenericTestCall } from './generic-test.ts';

/** The rows whose text in the column has not the form that a pattern describes; NULLs have any. */
export function rowsOfOtherForm(
  { column, macro }: Pick<GenericTestCall<unknown>, 'column' | 'macro'>,
  pattern: string,
): FailingRows {
  return { kind: 'rows', conditions: [`not ${macro('regexp_like', column, pattern)}`] };
}
