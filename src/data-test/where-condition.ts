import type { Compilation } from '../compile/compilation.ts';
import { mappedJoin, writtenBy } from '../compile/mapped-slice.ts';
import { badTestExpression } from '../diagnostic/catalogue/data-test.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { MappedText } from '../template/source-map.ts';
import { renderText } from './rendered-arguments.ts';
import { expressionProblem } from './sql-expression.ts';

/** The config `where` of a test with its template tags evaluated, or the empty string. Undefined when a mistake was reported. */
export function whereCondition(compilation: Compilation, node: DataTestNode): string | undefined {
  const { where, spans } = node.config;
  if (where === undefined || where.trim() === '') return '';
  const span = spans['where'] ?? node.span;
  const text = renderText(compilation, node, where, span)?.trim();
  const problem = text === undefined ? undefined : expressionProblem(text, compilation.dialect);
  if (problem === undefined) return text;
  compilation.report(badTestExpression({ test: node.name, key: 'where', problem, span }));
  return undefined;
}

/** The SQL of a test, written by its entry in YAML, but for its condition, which the entry's `where` wrote. */
export function writtenByEntry(sql: string, condition: string, { span, config }: DataTestNode): MappedText {
  const entry = { span, stack: [] };
  const where = config.spans['where'];
  if (condition === '' || where === undefined) return writtenBy(sql, entry);
  const line = `where ${condition}`;
  const [first = '', ...rest] = sql.split(line);
  const lines = rest.flatMap((part) => [writtenBy(line, { span: where, stack: [] }), writtenBy(part, entry)]);
  return mappedJoin([writtenBy(first, entry), ...lines]);
}
