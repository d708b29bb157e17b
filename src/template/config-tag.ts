import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { type CallSyntax, calledName, type Expression } from './syntax.ts';

type ConfigLiteral = string | number | boolean | null;

/** An argument of `config`; `span` is its value. */
export interface ConfigArgument {
  readonly value: ConfigLiteral | readonly ConfigLiteral[];
  readonly span: Span;
}

/** Reads the arguments of a `{{config}}` tag, and reports what has no key or is no literal. */
export function readConfigArguments(
  { params, hash }: CallSyntax,
  source: SourceText,
  report: Report,
): Readonly<Record<string, ConfigArgument>> {
  const read: Record<string, ConfigArgument> = {};
  for (const { loc } of params)
    report(catalogue.configWithoutKey({ span: spanAt(source, loc.start, loc.end) }));
  for (const { key, value } of hash?.pairs ?? []) {
    const span = spanAt(source, value.loc.start, value.loc.end);
    const literal = configValue(value);
    if (literal === undefined) report(catalogue.configNotLiteral({ key, span }));
    else read[key] = { value: literal, span };
  }
  return read;
}

function configValue(expression: Expression): ConfigArgument['value'] | undefined {
  switch (expression.type) {
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
      return expression.value;
    case 'SubExpression': {
      if (calledName(expression, []) !== 'list' || expression.hash !== undefined) return undefined;
      const items = expression.params.map(configValue);
      return items.every(isConfigLiteral) ? items : undefined;
    }
    default:
      return undefined;
  }
}

function isConfigLiteral(value: ConfigArgument['value'] | undefined): value is ConfigLiteral {
  return value === null || (value !== undefined && typeof value !== 'object');
}
