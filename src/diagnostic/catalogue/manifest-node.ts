import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';
import { adviceOnDbtKey } from './dbt-key.ts';

export function unknownConfig(at: { key: string; known: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'CFG-001',
    severity: 'error',
    message: `Unknown config "${at.key}".`,
    span: at.span,
    hint: adviceOnDbtKey(at.key) ?? didYouMean(at.key, at.known) ?? `Known here: ${at.known.join(', ')}.`,
  };
}

export function encodingOfUndeclared(at: {
  column: string;
  declared: readonly string[];
  span: Span;
}): Diagnostic {
  return {
    code: 'CFG-020',
    severity: 'error',
    message: `"encode" names a column "${at.column}" that is not declared.`,
    span: at.span,
    hint:
      didYouMean(at.column, at.declared) ??
      'Declare the columns of the model in YAML, each with its data_type: a table with encodings is made of them.',
  };
}

export function encodingWithoutTypes(at: { untyped: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'CFG-021',
    severity: 'error',
    message: `"encode" needs the types of all columns; ${at.untyped.map((name) => `"${name}"`).join(', ')} ${at.untyped.length === 1 ? 'has' : 'have'} none.`,
    span: at.span,
    hint: 'Give each column of the model its data_type in YAML, such as data_type: numeric(18,2).',
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

/** An environment and another one's custom schema share a published schema. */
export function sharedSchema(at: { environment: string; custom: string; span: Span }): Diagnostic {
  const other = at.environment.slice(0, -at.custom.length - 1);
  return {
    code: 'CFG-022',
    severity: 'error',
    message: `The environment "${at.environment}" would be published where "${other}" publishes the custom schema "${at.custom}".`,
    span: at.span,
    hint: `Name the environment otherwise: one that does not end in "_${at.custom}".`,
  };
}

/** A schema that the engine would know by a shorter name than ours. */
export function longSchema(at: { schema: string; bytes: number; identifierBytes: number }): Diagnostic {
  return {
    code: 'CFG-023',
    severity: 'error',
    message: `The schema "${at.schema}" has a name of ${at.bytes} bytes; the warehouse keeps ${at.identifierBytes}.`,
    hint: 'Shorten the schema of the target, the custom schema, or the name of the environment.',
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
