import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { TemplateContext } from '../../src/template/context.ts';
import { evaluate } from '../../src/template/evaluate.ts';
import type { Helper, RelationValue, TemplateValue } from '../../src/template/helper.ts';
import { templateHelpers } from '../../src/template/helper-set.ts';
import { parseMacroFile } from '../../src/template/macro-file.ts';
import { macroLibrary } from '../../src/template/macro-library.ts';
import { parseTemplate } from '../../src/template/parse-template.ts';
import { readTemplate } from '../../src/template/reading.ts';
import { bindRelations, relationMarker } from '../../src/template/relation-marker.ts';

/** What a test may set of a context. */
export interface TestSettings {
  readonly variables?: Readonly<Record<string, TemplateValue>>;
  readonly macros?: string;
  readonly functions?: readonly Helper[];
  readonly isIncremental?: boolean;
}

/** A context as the compile stage makes it, over values given here. */
export function testContext({
  variables = {},
  macros = '',
  functions = [],
  isIncremental = false,
}: TestSettings): TemplateContext {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => found.push(diagnostic);
  const parsed = parseMacroFile({ path: 'macros/test.sql', text: macros }, report);
  const library = macroLibrary(parsed, functions, [echo], report);
  if (found.some((diagnostic) => diagnostic.severity === 'error')) throw new Error(JSON.stringify(found));
  return {
    dialect: { name: 'duckdb', literal: (value) => literal(value) },
    helpers: templateHelpers([echo], library.helpers),
    macros: library,
    ref: (name) => relation(name),
    source: (source, table) => relation(`${source}.${table}`),
    self: () => relation('self'),
    variable: (name) => variables[name],
    variableNames: Object.keys(variables),
    environmentVariable: (name) => (name === 'REGION' ? 'eu' : undefined),
    target: { name: 'dev', adapter: 'duckdb', schema: 'analytics' },
    isIncremental,
  };
}

/** Parses, reads and evaluates; relations print as `<name>`. */
export function run(text: string, settings: TestSettings = {}) {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => found.push(diagnostic);
  const template = parseTemplate({ path: 'models/test.sql', text }, report);
  if (template === undefined) return { text: '', diagnostics: found, map: undefined };
  readTemplate(template, report);
  const rendered = evaluate(template, testContext(settings), report);
  return { text: bindRelations(rendered.text, (name) => `<${name}>`), diagnostics: found, map: rendered.map };
}

const echo: Helper = {
  name: 'echo',
  doc: 'Prints its named argument.',
  parameters: [],
  named: [{ name: 'text', type: 'string' }],
  run: ({ named }) => named['text'],
};

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function relation(uniqueId: string): RelationValue {
  return { kind: 'relation', uniqueId, toString: () => relationMarker(uniqueId) };
}
