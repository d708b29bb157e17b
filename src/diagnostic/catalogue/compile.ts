import type { Diagnostic, RelatedPlace } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

/** Where in a template a piece of compiled SQL was written, and the macro calls that it came through. */
interface SqlPlace {
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
}

export function emptySql({ what, span }: { readonly what: string; readonly span: Span }): Diagnostic {
  return {
    code: 'CMP-001',
    severity: 'error',
    message: `${what} is empty: it holds no SQL besides comments.`,
    span,
    hint: 'Write one SELECT, or set `enabled: false`.',
  };
}

export function secondStatement({ what, ...place }: { readonly what: string } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-002',
    severity: 'error',
    message: `${what} holds a second statement.`,
    ...place,
    hint: 'A file is one SELECT. Move the second one to a file of its own, or take out the semicolon before it.',
  };
}

export function notAQuery({
  what,
  found,
  ...place
}: { readonly what: string; readonly found: string } & SqlPlace) {
  return {
    code: 'CMP-003',
    severity: 'error',
    message: `${what} is not a query: it begins with "${found}".`,
    ...place,
    hint: 'It must begin with SELECT, WITH, VALUES or a parenthesis; creating the table or view is our work.',
  } satisfies Diagnostic;
}

export function unterminatedSql({ what, ...place }: { readonly what: string } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-004',
    severity: 'error',
    message: `${what} holds a string, quoted name or comment that never ends.`,
    ...place,
  };
}

export function unbalancedParenthesis({
  what,
  parenthesis,
  ...place
}: { readonly what: string; readonly parenthesis: string } & SqlPlace): Diagnostic {
  const opening = parenthesis === '(';
  return {
    code: 'CMP-010',
    severity: 'error',
    message: opening
      ? `${what} opens a parenthesis here that is never closed.`
      : `${what} closes a parenthesis here that was never opened.`,
    ...place,
  };
}

export function strayTable(stray: {
  readonly name: string;
  /** What to write instead, where a node of that name is known: `{{ref "orders"}}`. */
  readonly replacement: string | undefined;
  readonly commonTables: readonly string[];
  readonly place: SqlPlace;
}): Diagnostic {
  const { name, replacement, commonTables, place } = stray;
  return {
    code: 'CMP-005',
    severity: 'error',
    message: `"${name}" is named outside ref and source.`,
    ...place,
    hint:
      replacement === undefined
        ? (didYouMean(name, commonTables) ??
          'Declare it as a source and write {{source "…" "…"}}; tables that we do not know of would be missing from the order of builds.')
        : `Write ${replacement}.`,
  };
}

export function strayFile({ text, ...place }: { readonly text: string } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-006',
    severity: 'error',
    message: `The file ${text} is read outside ref and source.`,
    ...place,
    hint: 'Put the file under seeds/, or land it and declare a source.',
  };
}

export function externalFunction({ name, ...place }: { readonly name: string } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-007',
    severity: 'error',
    message: `"${name}" reads outside the warehouse, where we cannot see changes.`,
    ...place,
    hint: 'Put the file under seeds/, or land it and declare a source.',
  };
}

export function modification({ word, ...place }: { readonly word: string } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-008',
    severity: 'error',
    message: `"${word}" changes data; a query may only read.`,
    ...place,
  };
}

export function nonDeterministic({
  what,
  reasons,
  ...place
}: { readonly what: string; readonly reasons: readonly string[] } & SqlPlace): Diagnostic {
  return {
    code: 'CMP-009',
    severity: 'warning',
    message: `${what} may give another result in each run: ${reasons.join(', ')}. It is never reused.`,
    ...place,
    hint: 'For a date write {{date (var "as_of_date")}}; a function that is deterministic belongs in deterministic_functions of project.yml.',
  };
}

/** An error of the engine's, at the template's line. */
export function statementFailed(failure: {
  readonly what: string;
  readonly reason: string;
  readonly hint: string | undefined;
  readonly place: SqlPlace;
}): Diagnostic {
  return {
    code: 'SQL-001',
    severity: 'error',
    message: `${failure.what} failed: ${failure.reason}`,
    ...failure.place,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
  };
}

export function recursiveLateBinding(place: SqlPlace): Diagnostic {
  return {
    code: 'CMP-012',
    severity: 'error',
    message: 'A late-binding view cannot read a recursive common table.',
    ...place,
    hint: 'Leave out "bind: false", or make the model a table.',
  };
}

export function forgedRelation(place: SqlPlace): Diagnostic {
  return {
    code: 'CMP-011',
    severity: 'error',
    message: 'This names a relation that no ref or source of the file gave.',
    ...place,
    hint: 'A macro cannot make relations: give it one as an argument, (ref "orders").',
  };
}
