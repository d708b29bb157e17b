import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';
import { adviceOnDbtKey } from './dbt-key.ts';

export function yamlSyntax(at: { problem: string; span: Span }): Diagnostic {
  return {
    code: 'YML-001',
    severity: 'error',
    message: `This is not YAML: ${decapitalised(at.problem)}.`,
    span: at.span,
    hint: 'Look at the quotes, brackets and indentation just before this place.',
  };
}

export function duplicateYamlKey(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'YML-002',
    severity: 'error',
    message: `The key "${at.key}" stands here twice.`,
    span: at.span,
    hint: 'Keep one of the two.',
  };
}

export function tooManyYamlAliases(at: { name: string; most: number; span: Span }): Diagnostic {
  return {
    code: 'YML-003',
    severity: 'error',
    message: `The aliases of this file stand for more than ${at.most} values, counted at "*${at.name}".`,
    span: at.span,
    hint: 'Write out what is meant instead of nesting anchors.',
  };
}

export function unknownKey(at: { key: string; known: readonly string[]; span: Span }): Diagnostic {
  const known = `Known here: ${at.known.join(', ')}.`;
  return {
    code: 'YML-004',
    severity: 'error',
    message: `Unknown key "${at.key}".`,
    span: at.span,
    hint: adviceOnDbtKey(at.key) ?? didYouMean(at.key, at.known) ?? known,
  };
}

export function wrongValue(at: {
  what: string;
  problem: string;
  span: Span;
  hint?: string | undefined;
}): Diagnostic {
  return {
    code: 'YML-005',
    severity: 'error',
    message: `${at.what} ${at.problem}.`,
    span: at.span,
    ...(at.hint === undefined ? {} : { hint: at.hint }),
  };
}

export function missingKey(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'YML-006',
    severity: 'error',
    message: `"${at.key}" is missing here.`,
    span: at.span,
    hint: `Add "${at.key}: …".`,
  };
}

export function severalYamlDocuments(at: { span: Span }): Diagnostic {
  return {
    code: 'YML-007',
    severity: 'error',
    message: 'A second YAML document begins here; a file holds one.',
    span: at.span,
    hint: 'Move it into a file of its own.',
  };
}

export function badYamlKey(at: { span: Span }): Diagnostic {
  return {
    code: 'YML-008',
    severity: 'error',
    message: 'A key must be a text.',
    span: at.span,
    hint: 'A value that begins with { or [ needs quotes.',
  };
}

export function inexactYamlNumber(at: { written: string; span: Span }): Diagnostic {
  return {
    code: 'YML-009',
    severity: 'error',
    message: `The number ${at.written} cannot be held exactly.`,
    span: at.span,
    hint: 'Write it in quotes.',
  };
}

export function unknownYamlAlias(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'YML-010',
    severity: 'error',
    message: `The alias "*${at.name}" names no anchor that is complete at this point.`,
    span: at.span,
    hint: `Write "&${at.name}" before a value above, and never inside itself.`,
  };
}

export function textCutAtComma(at: { text: string; span: Span }): Diagnostic {
  return {
    code: 'YML-011',
    severity: 'error',
    message: `"${at.text}" is read as a key without a value.`,
    span: at.span,
    hint: 'Inside { } a comma ends a text: put the whole text in quotes.',
  };
}

function decapitalised(sentence: string): string {
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');
}
