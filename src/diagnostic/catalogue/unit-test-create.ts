import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function notACondition({ where, reason }: { where: string; reason: string }): Diagnostic {
  return {
    code: 'TST-119',
    severity: 'error',
    message: `"${where}" is no condition on the rows of the model: ${reason}`,
    hint: "Write what follows WHERE, in the target's SQL: --where \"country = 'Japan'\".",
  };
}

export function noRowMatches({
  where,
  relation,
}: {
  where: string;
  relation: { readonly schema: string; readonly name: string };
}): Diagnostic {
  return {
    code: 'TST-120',
    severity: 'error',
    message: `No row of ${relation.schema}.${relation.name} meets "${where}".`,
    hint: 'A unit test is written from rows that are published.',
  };
}

export function rowsNotMade({ model, rows }: { model: string; rows: number }): Diagnostic {
  return {
    code: 'TST-121',
    severity: 'error',
    message: `From the first ${rows} rows of each input "${model}" does not make the rows that were asked for, or their like.`,
    hint: 'Choose rows that stand on less, or build the model anew, if its SQL has changed since.',
  };
}

export function unitTestNameTaken({ name, span }: { name: string; span: Span }): Diagnostic {
  return {
    code: 'TST-122',
    severity: 'error',
    message: `The model has a unit test "${name}" already.`,
    span,
    hint: 'Choose another --name.',
  };
}

export function nowhereToAppend({ path }: { path: string }): Diagnostic {
  return {
    code: 'TST-123',
    severity: 'error',
    message: `A unit test cannot be put at the end of ${path}.`,
    hint: 'It takes a mapping with the list "unit_tests:" in block style, "- name: …". With --dry-run the test is printed.',
  };
}

export function unfitCandidates({ input, reason }: { input: string; reason: string }): Diagnostic {
  return {
    code: 'TST-124',
    severity: 'error',
    message: `The published rows of ${input} do not fit the types that the project gives its columns: ${reason}`,
    hint: 'Build it anew, or declare the types that it has.',
  };
}

export function unknownUnitTestModel(at: { name: string; candidates: readonly string[] }): Diagnostic {
  return {
    code: 'TST-125',
    severity: 'error',
    message: `There is no model "${at.name}".`,
    hint: didYouMean(at.name, at.candidates) ?? 'List what there is with: model ls --resource-type model',
  };
}
