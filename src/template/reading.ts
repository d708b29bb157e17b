import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Diagnostic, RelatedPlace, Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { type ConfigArgument, readConfigArguments } from './config-tag.ts';
import { sqlComments } from './sql-comment.ts';
import {
  type BlockStatement,
  type CallSyntax,
  calledName,
  type Expression,
  type Place,
  type Program,
  type Statement,
} from './syntax.ts';
import type { Template } from './template.ts';

/** A `ref` or `source` as written; `span` is the call in the file that was read. */
export type TemplateReference = { readonly span: Span; readonly related?: readonly RelatedPlace[] } & (
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'source'; readonly source: string; readonly table: string }
);

/** A name with the place it is used at, which becomes a span when somebody asks. */
export interface NamedPlace {
  readonly name: string;
  readonly place: Place;
}

/** What can be known of a template without running it; false branches count. */
export interface TemplateReading {
  readonly source: SourceText;
  readonly references: readonly TemplateReference[];
  /** The arguments of `{{config}}`; undefined where there is none. */
  readonly config: Readonly<Record<string, ConfigArgument>> | undefined;
  /** Names that `var` is called with. */
  readonly variables: readonly NamedPlace[];
  /** Helpers and macros that are called, and names that may be calls without arguments. */
  readonly calls: readonly NamedPlace[];
}

/** Reads a template without running it, and reports what must be literal and is not. */
export function readTemplate(template: Template, report: Report): TemplateReading {
  return readBody(template, [], report, 'model');
}

/** Reads the body of a macro: as a template, but `config` is refused, and its parameters are no calls. */
export function readMacroBody(
  template: Template,
  parameters: readonly string[],
  report: Report,
): TemplateReading {
  return readBody(template, parameters, report, 'macro');
}

function readBody(
  { source, program }: Template,
  parameters: readonly string[],
  report: Report,
  kind: 'model' | 'macro',
): TemplateReading {
  const reader: Reader = {
    source,
    report,
    kind,
    depth: 0,
    references: [],
    variables: [],
    calls: [],
    config: undefined,
    configTag: undefined,
  };
  readProgram(reader, program, parameters);
  warnOfComments(reader);
  const { references, config, variables, calls } = reader;
  return { source, references, config, variables, calls };
}

interface Reader {
  readonly source: SourceText;
  readonly report: Report;
  readonly kind: 'model' | 'macro';
  /** How many blocks are open. */
  depth: number;
  readonly references: TemplateReference[];
  readonly variables: NamedPlace[];
  readonly calls: NamedPlace[];
  config: Readonly<Record<string, ConfigArgument>> | undefined;
  configTag: Span | undefined;
}

type Names = readonly string[];

function readProgram(reader: Reader, program: Program, names: Names): void {
  for (const statement of program.body) readStatement(reader, statement, names);
}

function readStatement(reader: Reader, statement: Statement, names: Names): void {
  if (statement.type === 'MustacheStatement') {
    if (calledName(statement, names) === 'config') readConfig(reader, statement);
    else readCall(reader, statement, names);
  }
  if (statement.type === 'BlockStatement') readBlock(reader, statement, names);
}

function readBlock(reader: Reader, block: BlockStatement, names: Names): void {
  readArguments(reader, block, names);
  reader.depth++;
  for (const program of [block.program, block.inverse]) {
    if (program)
      readProgram(reader, program, program.blockParams ? [...names, ...program.blockParams] : names);
  }
  reader.depth--;
}

function readArguments(reader: Reader, call: CallSyntax, names: Names): void {
  for (const param of call.params) readExpression(reader, param, names);
  for (const { value } of call.hash?.pairs ?? []) readExpression(reader, value, names);
}

function readExpression(reader: Reader, expression: Expression, names: Names): void {
  if (expression.type === 'SubExpression') readCall(reader, expression, names);
}

function readCall(reader: Reader, call: CallSyntax, names: Names): void {
  const name = calledName(call, names);
  if (name !== undefined) {
    reader.calls.push({ name, place: call.loc });
    readBuiltin(reader, name, call);
  }
  readArguments(reader, call, names);
}

function readBuiltin(reader: Reader, name: string, call: CallSyntax): void {
  switch (name) {
    case 'ref': {
      const [model] = literalTexts(reader, name, call, ['name'], '{{ref "model"}}');
      if (model !== undefined)
        reader.references.push({ kind: 'ref', name: model, span: span(reader, call.loc) });
      return;
    }
    case 'source': {
      const wanted = ['source name', 'table name'];
      const [source, table] = literalTexts(reader, name, call, wanted, '{{source "raw" "orders"}}');
      if (source === undefined || table === undefined) return;
      reader.references.push({ kind: 'source', source, table, span: span(reader, call.loc) });
      return;
    }
    case 'var': {
      const [variable] = literalTexts(reader, name, call, ['name'], '(var "as_of_date")');
      if (variable !== undefined) reader.variables.push({ name: variable, place: call.loc });
      return;
    }
    case 'env_var':
      literalTexts(reader, name, call, ['name'], '(env_var "PGHOST")');
      return;
    case 'config':
      reader.report(catalogue.configAsArgument({ span: span(reader, call.loc) }));
      return;
    default:
      return;
  }
}

/** The first arguments of a call, which must be texts; missing ones are left to the check of arguments. */
function literalTexts(
  { source, report }: Reader,
  name: string,
  { params }: CallSyntax,
  wanted: readonly string[],
  example: string,
): (string | undefined)[] {
  return wanted.map((argument, index) => {
    const param = params[index];
    if (param?.type === 'StringLiteral') return param.value;
    if (param === undefined) return undefined;
    const at = spanAt(source, param.loc.start, param.loc.end);
    report(catalogue.argumentNotLiteral({ name, argument, example, span: at }));
    return undefined;
  });
}

function readConfig(reader: Reader, call: CallSyntax): void {
  const { report } = reader;
  const misplaced = misplacedConfig(reader, call);
  if (misplaced !== undefined) {
    report(misplaced);
    return;
  }
  reader.configTag = span(reader, call.loc);
  reader.config = readConfigArguments(call, reader.source, report);
}

function misplacedConfig(reader: Reader, call: CallSyntax): Diagnostic | undefined {
  const at = span(reader, call.loc);
  if (reader.kind === 'macro') return catalogue.configInMacro({ span: at });
  if (reader.depth > 0) return catalogue.configInBlock({ span: at });
  if (reader.configTag === undefined) return undefined;
  return catalogue.configTwice({ span: at, first: reader.configTag });
}

function span({ source }: Reader, { start, end }: Place): Span {
  return spanAt(source, start, end);
}

function warnOfComments({ source, references, report }: Reader): void {
  if (references.length === 0) return;
  const comments = sqlComments(source);
  if (comments.length === 0) return;
  for (const { kind, span: at } of references) {
    if (comments.some((comment) => holds(comment, at)))
      report(catalogue.referenceInComment({ name: kind, span: at }));
  }
}

function holds(comment: Span, at: Span): boolean {
  return isBefore(comment.start, at.start) && isBefore(at.start, comment.end);
}

function isBefore(a: Span['start'], b: Span['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
