import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function unknownModel(at: { name: string; candidates: Iterable<string>; span: Span }): Diagnostic {
  return {
    code: 'REF-001',
    severity: 'error',
    message: `There is no model or seed "${at.name}".`,
    span: at.span,
    hint: didYouMean(at.name, at.candidates) ?? 'List what there is with: model ls',
  };
}

export function disabledModel(at: { name: string; span: Span; disabledAt: Span }): Diagnostic {
  return {
    code: 'REF-002',
    severity: 'error',
    message: `"${at.name}" is disabled.`,
    span: at.span,
    hint: 'Enable it, or take this reference out.',
    related: [{ message: 'It is disabled here', span: at.disabledAt }],
  };
}

export function unknownSource(at: {
  source: string;
  table: string;
  sources: readonly string[];
  tables: readonly string[];
  span: Span;
}): Diagnostic {
  const hint =
    at.tables.length > 0
      ? (didYouMean(at.table, at.tables) ?? `Tables of "${at.source}": ${at.tables.join(', ')}.`)
      : (didYouMean(at.source, at.sources) ?? 'Declare it in a .yml file below the models, under "sources".');
  return {
    code: 'REF-003',
    severity: 'error',
    message: `There is no source table "${at.source}"."${at.table}".`,
    span: at.span,
    hint,
  };
}

export function refToGeneratedSeed(at: { name: string; source: string; span: Span }): Diagnostic {
  return {
    code: 'REF-004',
    severity: 'error',
    message: `"${at.name}" is a generated seed: its rows arrive in the landing zone, not as a relation of its own.`,
    span: at.span,
    hint: `Write {{source "${at.source}" "${at.name}"}}.`,
  };
}

export function notAReference(at: { text: string; argument: string; span: Span }): Diagnostic {
  return {
    code: 'REF-005',
    severity: 'error',
    message: `"${at.argument}" must name a model, seed or source, not ${JSON.stringify(at.text)}.`,
    span: at.span,
    hint: "Write x, ref('x') or source('a', 'x').",
  };
}

export function unknownConfig(at: { key: string; known: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'CFG-001',
    severity: 'error',
    message: `Unknown config "${at.key}".`,
    span: at.span,
    hint: didYouMean(at.key, at.known) ?? `Known here: ${at.known.join(', ')}.`,
  };
}

export function duplicateName(at: { what: string; name: string; span: Span; other: Span }): Diagnostic {
  return {
    code: 'CFG-002',
    severity: 'error',
    message: `There are two ${at.what} "${at.name}".`,
    span: at.span,
    hint: 'Rename one of the two.',
    related: [{ message: 'The other one is here', span: at.other }],
  };
}

export function collidingRelations(at: {
  name: string;
  other: string;
  relation: string;
  span: Span;
  otherSpan: Span;
}): Diagnostic {
  return {
    code: 'CFG-003',
    severity: 'error',
    message: `"${at.name}" and "${at.other}" would be published under one name, ${at.relation}.`,
    span: at.span,
    hint: 'The warehouse folds case and cuts long names: rename one of the two, or give it an alias.',
    related: [{ message: `"${at.other}" is here`, span: at.otherSpan }],
  };
}

export function badName(at: { what: string; name: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-004',
    severity: 'error',
    message: `"${at.name}" cannot name a ${at.what}.`,
    span: at.span,
    hint: 'Use letters, digits and underscores, beginning with a letter; "__old" and "__next" at the end are taken.',
  };
}

export function propertiesOfNothing(at: {
  what: string;
  name: string;
  candidates: Iterable<string>;
  span: Span;
}): Diagnostic {
  return {
    code: 'CFG-005',
    severity: 'error',
    message: `These properties are of a ${at.what} "${at.name}" that does not exist.`,
    span: at.span,
    ...hinted(didYouMean(at.name, at.candidates)),
  };
}

export function propertiesTwice(at: { what: string; name: string; span: Span; other: Span }): Diagnostic {
  return {
    code: 'CFG-006',
    severity: 'error',
    message: `The ${at.what} "${at.name}" has properties twice.`,
    span: at.span,
    hint: 'Bring them together in one entry.',
    related: [{ message: 'The other entry is here', span: at.other }],
  };
}

export function unknownColumnType(at: { type: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-007',
    severity: 'error',
    message: `"${at.type}" is no portable type.`,
    span: at.span,
    hint: 'Known types: varchar, varchar(n), smallint, integer, bigint, numeric(p,s), double, boolean, date, timestamp.',
  };
}

export function unknownTest(at: { name: string; candidates: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'CFG-008',
    severity: 'error',
    message: `There is no generic test "${at.name}".`,
    span: at.span,
    hint: didYouMean(at.name, at.candidates) ?? `Known tests: ${at.candidates.join(', ')}.`,
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

export function duplicateColumn(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-012',
    severity: 'error',
    message: `The column "${at.name}" is listed twice.`,
    span: at.span,
  };
}

export function foldersOfNothing(at: { folder: string; configKey: boolean; span: Span }): Diagnostic {
  return {
    code: 'CFG-013',
    severity: 'warning',
    message: `project.yml configures "${at.folder}", and there is no such folder.`,
    span: at.span,
    ...hinted(at.configKey ? `If the config is meant, write "+${at.folder}".` : undefined),
  };
}

export function schemaOfLanded(at: { source: string; schema: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-014',
    severity: 'error',
    message: `The tables of "${at.source}" are landed by "model load", which puts them in ${at.schema}.`,
    span: at.span,
    hint: 'Take "schema" out, or say "landed: false" if something else fills these tables.',
  };
}

export function appendOnlyWithoutField(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-015',
    severity: 'error',
    message: `"${at.name}" is append_only, but has no loaded_at_field to see new rows by.`,
    span: at.span,
    hint: 'Name the column that tells when a row arrived.',
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

export function badCustomSchema(at: { schema: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-017',
    severity: 'error',
    message: `"${at.schema}" cannot be a custom schema.`,
    span: at.span,
    hint: 'Use lower-case letters, digits and single underscores, beginning with a letter.',
  };
}

export function badMacroModule(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'CFG-018',
    severity: 'error',
    message: `The export "${at.name}" is no function; a macro file in TypeScript exports only functions.`,
    span: at.span,
  };
}

function hinted(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}
