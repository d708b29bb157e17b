import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { spanAt } from '../diagnostic/span.ts';
import type {
  ContentStatement,
  Expression,
  Hash,
  Program,
  Statement,
  UnsupportedStatement,
} from './syntax.ts';
import type { Template } from './template.ts';

/** Blocks and calls may stand in each other so deep. */
export const DEEPEST_NESTING = 100;

/**
 * Reports what Handlebars' grammar allows and a template may not hold, whatever runs it.
 * False where the tree is nested too deeply to be walked.
 */
export function vetTemplate({ source, program }: Template, report: Report): boolean {
  try {
    vetProgram({ source, report }, program, 0);
    return true;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    report(catalogue.nestedTooDeeply({ limit: DEEPEST_NESTING, span: spanAt(source, error.offset) }));
    return false;
  }
}

interface Vetting {
  readonly source: SourceText;
  readonly report: Report;
}

class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('nested too deeply');
    this.offset = offset;
  }
}

function vetProgram(vetting: Vetting, program: Program, depth: number): void {
  for (const statement of program.body) vetStatement(vetting, statement, program.chained ? depth - 1 : depth);
}

function vetStatement(vetting: Vetting, statement: Statement, depth: number): void {
  if (depth > DEEPEST_NESTING) throw new TooDeep(statement.loc.start);
  switch (statement.type) {
    case 'ContentStatement':
      vetContent(vetting, statement);
      return;
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      vetArguments(vetting, statement.params, statement.hash, depth);
      return;
    case 'BlockStatement':
      vetArguments(vetting, statement.params, statement.hash, depth);
      if (statement.program) vetProgram(vetting, statement.program, depth + 1);
      if (statement.inverse) vetProgram(vetting, statement.inverse, depth + 1);
      return;
    default:
      refuse(vetting, statement);
  }
}

function refuse({ source, report }: Vetting, { type, loc }: UnsupportedStatement): void {
  const span = spanAt(source, loc.start, loc.end);
  report(type.startsWith('Partial') ? catalogue.partialTag({ span }) : catalogue.decoratorTag({ span }));
}

function vetContent({ source, report }: Vetting, { original, loc }: ContentStatement): void {
  if (!original.includes('{%')) return;
  for (const { 0: tag, index } of original.matchAll(/\{%[\s\S]*?%\}/g)) {
    report(
      catalogue.jinjaTag({ tag, span: spanAt(source, loc.start + index, loc.start + index + tag.length) }),
    );
  }
}

function vetArguments(
  vetting: Vetting,
  params: readonly Expression[],
  hash: Hash | undefined,
  depth: number,
): void {
  for (const param of params) vetExpression(vetting, param, depth);
  if (hash === undefined) return;
  for (const { value } of hash.pairs) vetExpression(vetting, value, depth);
  if (hash.pairs.length > 1) vetKeys(vetting, hash);
}

function vetKeys({ source, report }: Vetting, { pairs }: Hash): void {
  const firsts = new Map<string, number>();
  for (const { key, loc } of pairs) {
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, loc.start);
      continue;
    }
    const span = spanAt(source, loc.start, loc.start + key.length);
    report(
      catalogue.duplicateArgument({ name: key, span, first: spanAt(source, first, first + key.length) }),
    );
  }
}

function vetExpression(vetting: Vetting, expression: Expression, depth: number): void {
  const { source, report } = vetting;
  const { start, end } = expression.loc;
  switch (expression.type) {
    case 'SubExpression':
      if (depth >= DEEPEST_NESTING) throw new TooDeep(start);
      vetArguments(vetting, expression.params, expression.hash, depth + 1);
      return;
    case 'NumberLiteral': {
      const written = source.text.slice(start, end);
      const printed = String(expression.value);
      const exact = written === printed && (Number.isSafeInteger(expression.value) || written.includes('.'));
      if (!exact) report(catalogue.inexactNumber({ written, printed, span: spanAt(source, start, end) }));
      return;
    }
    default:
      return;
  }
}
