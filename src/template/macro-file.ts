import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import type { TemplateValue } from './helper.ts';
import type { Macro, MacroParameter } from './macro.ts';
import { parseTemplate } from './parse-template.ts';
import { readMacroBody } from './reading.ts';
import type { BlockStatement, Expression, HashPair, Place, Program, Statement } from './syntax.ts';

/**
 * The macros of an `.sql` file, which holds nothing else but comments:
 * `{{#macro "cents" scale=2 as |column scale|}} round({{column}} / 100.0, {{scale}}) {{/macro}}`.
 * Mistakes are reported, and the macros that have them left out.
 */
export function parseMacroFile(source: SourceText, report: Report): Macro[] {
  const template = parseTemplate(source, report);
  return (template?.program.body ?? []).flatMap((statement) => {
    if (statement.type === 'CommentStatement') return [];
    if (statement.type === 'BlockStatement' && isMacro(statement)) {
      return readMacro(source, statement, report) ?? [];
    }
    reportOutside(source, statement, report);
    return [];
  });
}

function isMacro({ path }: BlockStatement): boolean {
  return path.type === 'PathExpression' && path.original === 'macro';
}

function reportOutside(source: SourceText, statement: Statement, report: Report): void {
  const text = source.text.slice(statement.loc.start, statement.loc.end);
  if (statement.type === 'ContentStatement' && text.trim() === '') return;
  const start = statement.loc.start + text.length - text.trimStart().length;
  const firstLine = /^[^\n]*/.exec(text.trim())?.[0].trimEnd() ?? '';
  report(catalogue.textOutsideMacro({ span: spanAt(source, start, start + firstLine.length) }));
}

function readMacro(source: SourceText, block: BlockStatement, report: Report): Macro | undefined {
  const span = openingTag(source, block);
  const [name, ...others] = block.params;
  const fault = others[0] ?? block.inverse?.body[0];
  if (name?.type !== 'StringLiteral' || !/^[A-Za-z_]\w*$/.test(name.value) || fault || !block.program) {
    report(catalogue.macroWithoutName({ span }));
    return undefined;
  }
  const adapter = readAdapter(source, block, report);
  const parameters = readParameters(source, block, name.value, report);
  const macro: Macro = {
    name: name.value,
    adapter,
    parameters,
    template: { source, program: block.program },
    span,
  };
  readBody(macro, block.program, report);
  return macro;
}

function openingTag(source: SourceText, { loc }: BlockStatement): Span {
  const end = source.text.indexOf('}}', loc.start);
  return spanAt(source, loc.start, end + 2);
}

function readAdapter(source: SourceText, { hash }: BlockStatement, report: Report): string | undefined {
  const pair = hash?.pairs.find(({ key }) => key === 'adapter');
  if (pair === undefined) return undefined;
  if (pair.value.type === 'StringLiteral') return pair.value.value;
  report(catalogue.defaultNotLiteral({ name: 'adapter', span: spanOf(source, pair.value.loc) }));
  return undefined;
}

function readParameters(
  source: SourceText,
  { program, hash, path }: BlockStatement,
  macro: string,
  report: Report,
): readonly MacroParameter[] {
  const names = program?.blockParams ?? [];
  const span = spanOf(source, path.loc);
  const defaults = hash?.pairs.filter(({ key }) => key !== 'adapter') ?? [];
  for (const { key, loc } of defaults) {
    if (names.includes(key)) continue;
    const at = spanAt(source, loc.start, loc.start + key.length);
    report(catalogue.defaultWithoutParameter({ name: key, macro, span: at, candidates: names }));
  }
  const parameters = names.map((name) => readParameter(source, name, defaults, report));
  parameters.forEach(({ name, optional }, index) => {
    if (names.indexOf(name) < index) report(catalogue.duplicateParameter({ name, macro, span }));
    if (!optional && parameters.slice(0, index).some((earlier) => earlier.optional)) {
      report(catalogue.requiredAfterOptional({ name, macro, span }));
    }
  });
  return parameters;
}

function readParameter(
  source: SourceText,
  name: string,
  defaults: readonly HashPair[],
  report: Report,
): MacroParameter {
  const pair = defaults.find(({ key }) => key === name);
  if (pair === undefined) return { name, optional: false, default: undefined };
  const value = literalValue(pair.value);
  if (value === undefined)
    report(catalogue.defaultNotLiteral({ name, span: spanOf(source, pair.value.loc) }));
  return { name, optional: true, default: value };
}

function literalValue(expression: Expression): TemplateValue {
  return expression.type === 'SubExpression' || expression.type === 'PathExpression'
    ? undefined
    : expression.value;
}

function readBody(macro: Macro, program: Program, report: Report): void {
  const names = macro.parameters.map((parameter) => parameter.name);
  readMacroBody(macro.template, names, report);
  const used = new Set<string>();
  collectNames(program, used);
  for (const name of names) {
    if (!used.has(name)) report(catalogue.unusedParameter({ name, macro: macro.name, span: macro.span }));
  }
}

/** The first parts of all paths in a program. */
function collectNames(program: Program, names: Set<string>): void {
  for (const statement of program.body) {
    if (statement.type !== 'MustacheStatement' && statement.type !== 'BlockStatement') continue;
    collectFrom(statement, names);
    if (statement.type === 'BlockStatement') {
      for (const branch of [statement.program, statement.inverse]) if (branch) collectNames(branch, names);
    }
  }
}

function collectFrom(expression: Expression | Statement, names: Set<string>): void {
  if (expression.type === 'PathExpression') {
    const [head] = expression.parts;
    if (head !== undefined) names.add(head);
  } else if ('params' in expression) {
    collectFrom(expression.path, names);
    for (const param of expression.params) collectFrom(param, names);
    for (const { value } of expression.hash?.pairs ?? []) collectFrom(value, names);
  }
}

function spanOf(source: SourceText, { start, end }: Place): Span {
  return spanAt(source, start, end);
}
