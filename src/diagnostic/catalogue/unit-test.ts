import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function unitTestOfNoModel(at: {
  name: string;
  candidates: readonly string[];
  span: Span;
}): Diagnostic {
  return {
    code: 'TST-101',
    severity: 'error',
    message: `There is no model "${at.name}" to test.`,
    span: at.span,
    ...hint(didYouMean(at.name, at.candidates)),
  };
}

export function duplicateUnitTest(at: { name: string; span: Span; other: Span }): Diagnostic {
  return {
    code: 'TST-102',
    severity: 'error',
    message: `The unit test "${at.name}" of this model is declared twice.`,
    span: at.span,
    hint: 'Give one of the two another name.',
    related: [{ message: 'The other one is here', span: at.other }],
  };
}

export function notAnInput(at: { text: string; span: Span }): Diagnostic {
  return {
    code: 'TST-103',
    severity: 'error',
    message: `An input is a relation that the model reads, not "${at.text}".`,
    span: at.span,
    hint: "Write ref('name'), source('source', 'table') or self.",
  };
}

export function inputNotRead(at: { input: string; model: string; span: Span }): Diagnostic {
  return {
    code: 'TST-104',
    severity: 'error',
    message: `"${at.model}" does not read ${at.input}.`,
    span: at.span,
    hint: 'Take the input out, or name what the model reads in its place.',
  };
}

export function inputGivenTwice(at: { input: string; span: Span; other: Span }): Diagnostic {
  return {
    code: 'TST-105',
    severity: 'error',
    message: `The rows of ${at.input} are given twice.`,
    span: at.span,
    hint: 'Write all of its rows below one input.',
    related: [{ message: 'The others are here', span: at.other }],
  };
}

export function inputMissing(at: { input: string; test: string; span: Span }): Diagnostic {
  return {
    code: 'TST-106',
    severity: 'error',
    message: `Unit test "${at.test}" does not say which rows ${at.input} has.`,
    span: at.span,
    hint: `Add "- { input: ${JSON.stringify(at.input)}, rows: [] }" to "given" if it is to have none.`,
  };
}

export function noRows({ span }: { span: Span }): Diagnostic {
  return {
    code: 'TST-107',
    severity: 'error',
    message: 'No rows are given here.',
    span,
    hint: 'Add "rows" or "fixture"; "rows: []" means none.',
  };
}

export function rowsTwice({ span }: { span: Span }): Diagnostic {
  return {
    code: 'TST-108',
    severity: 'error',
    message: 'Rows are given here and in a fixture.',
    span,
    hint: 'Take one of the two out.',
  };
}

export function wrongRows(at: { format: string; span: Span }): Diagnostic {
  return {
    code: 'TST-109',
    severity: 'error',
    message:
      at.format === 'dict'
        ? 'Rows of the format "dict" are a list of mappings.'
        : `Rows of the format "${at.format}" are one text.`,
    span: at.span,
    hint:
      at.format === 'dict'
        ? 'Write "- { column: value }" for each row, or say "format: csv" or "format: sql".'
        : 'Write "rows: |" and the text below it, indented, or leave out the format.',
  };
}

export function unknownFixture(at: {
  name: string;
  kinds: readonly string[];
  candidates: readonly string[];
  span: Span;
}): Diagnostic {
  const files = at.kinds.map((kind) => `"${at.name}.${kind}"`).join(' or ');
  return {
    code: 'TST-110',
    severity: 'error',
    message: `There is no fixture ${files}.`,
    span: at.span,
    hint:
      didYouMean(at.name, at.candidates) ??
      'Fixtures are files in a folder "fixtures" below one of the test paths of project.yml.',
  };
}

export function ambiguousFixture(at: { name: string; paths: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'TST-126',
    severity: 'error',
    message: `There are ${at.paths.length} fixtures "${at.name}": ${at.paths.join(', ')}.`,
    span: at.span,
    hint: 'A fixture is known by its name alone, as in dbt: give each another one.',
  };
}

export function unknownOverride(at: { name: string; candidates: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'TST-111',
    severity: 'error',
    message: `There is no macro or helper "${at.name}" to override.`,
    span: at.span,
    ...hint(didYouMean(at.name, at.candidates)),
  };
}

export function unknownCommonTable(at: {
  cte: string;
  model: string;
  names: readonly string[];
  span: Span;
}): Diagnostic {
  const has = at.names.length === 0 ? 'It has none.' : `It has: ${at.names.join(', ')}.`;
  return {
    code: 'TST-112',
    severity: 'error',
    message: `"${at.model}" has no common table "${at.cte}".`,
    span: at.span,
    hint: didYouMean(at.cte, at.names) ?? has,
  };
}

export function badInstant(at: { text: string; span: Span }): Diagnostic {
  return {
    code: 'TST-113',
    severity: 'error',
    message: `The clock cannot stand at "${at.text}".`,
    span: at.span,
    hint: 'Write an instant in UTC: now: "2025-01-31 12:00:00".',
  };
}

export function badFixtureText(at: { problem: string; span: Span }): Diagnostic {
  return { code: 'TST-114', severity: 'error', message: `${at.problem}.`, span: at.span };
}

export function unknownFixtureColumn(at: {
  column: string;
  relation: string;
  candidates: readonly string[];
  span: Span;
}): Diagnostic {
  return {
    code: 'TST-115',
    severity: 'error',
    message: `${at.relation} has no column "${at.column}".`,
    span: at.span,
    hint: didYouMean(at.column, at.candidates) ?? `It has: ${at.candidates.join(', ')}.`,
  };
}

export function unfitFixtureValue(at: {
  column: string;
  type: string;
  value: string;
  problem: string;
  hint?: string | undefined;
  span: Span;
}): Diagnostic {
  return {
    code: 'TST-116',
    severity: 'error',
    message: `"${at.value}" ${at.problem}, and the column "${at.column}" is of the type ${at.type.toLowerCase()}.`,
    span: at.span,
    ...hint(at.hint),
  };
}

export function unknownInputColumns(at: {
  input: string;
  because: Diagnostic | undefined;
  span: Span;
}): Diagnostic {
  const { because } = at;
  const related = because?.span === undefined ? [] : [{ message: because.message, span: because.span }];
  return {
    code: 'TST-117',
    severity: 'error',
    message: `The columns of ${at.input} are not known.`,
    span: at.span,
    hint: 'Declare its columns with their "data_type", or give a row that names them.',
    ...(related.length > 0 && { related }),
  };
}

export function statementOfFixture(at: { reason: string; span: Span }): Diagnostic {
  return {
    code: 'TST-118',
    severity: 'error',
    message: `The embedded engine refuses the SQL of these rows: ${at.reason}`,
    span: at.span,
    hint: 'It stands alone and reads no relation: select 1 as id union all select 2.',
  };
}

function hint(text: string | undefined) {
  return text === undefined ? {} : { hint: text };
}
