import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function unknownTest(at: {
  name: string;
  candidates: readonly string[];
  /** Why what looks like it is none. */
  why: string | undefined;
  span: Span;
}): Diagnostic {
  return {
    code: 'CFG-008',
    severity: 'error',
    message: `There is no generic test "${at.name}".`,
    span: at.span,
    hint: at.why ?? didYouMean(at.name, at.candidates) ?? 'docs/test-data.md lists them all.',
  };
}

export function testHidden(at: { macro: string; test: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-024',
    severity: 'warning',
    message: `The macro "${at.macro}" takes the place of the built-in test "${at.test}".`,
    span: at.span,
    hint: `Rename it if "${at.test}" is to mean the test that docs/test-data.md describes.`,
  };
}

export function severalTestNames(at: { keys: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'CFG-009',
    severity: 'error',
    message: `A data test has one name, and here are ${at.keys.length}: ${at.keys.join(', ')}.`,
    span: at.span,
    hint: 'Arguments and config belong below the name of the test: indent them further.',
  };
}

export function misplacedTest(at: { name: string; column: boolean; span: Span }): Diagnostic {
  return {
    code: 'CFG-010',
    severity: 'error',
    message: at.column
      ? `The test "${at.name}" tests one column.`
      : `The test "${at.name}" tests a whole relation.`,
    span: at.span,
    hint: at.column
      ? 'Move it below a column, or give it a "column_name".'
      : 'Move it from the column to the model.',
  };
}

export function duplicateTest(at: { name: string; span: Span; other: Span }): Diagnostic {
  return {
    code: 'CFG-011',
    severity: 'error',
    message: `The test "${at.name}" is declared twice.`,
    span: at.span,
    hint: 'Take one of the two out, or tell them apart with "name".',
    related: [{ message: 'The other one is here', span: at.other }],
  };
}

export function namelessTest(at: { span: Span }): Diagnostic {
  return {
    code: 'CFG-016',
    severity: 'error',
    message: 'This data test has no name.',
    span: at.span,
    hint: 'Begin the entry with the name of a test, such as "unique".',
  };
}

export function testBodyNoMapping(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-019',
    severity: 'error',
    message: `What stands below "${at.name}" must be a mapping.`,
    span: at.span,
    hint: `Write "${at.name}: { key: value }", or the keys below it, indented.`,
  };
}

export function whereOfSingularTest({ test, span }: { test: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-025',
    severity: 'error',
    message: `"where" filters what a generic test looks at; "${test}" is a query of your own.`,
    span,
    hint: 'Write the condition into the query.',
  };
}
