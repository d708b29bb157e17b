import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Statement } from '../template/syntax.ts';

/** A text of a target with its calls of `env_var`: literal parts and variables in order. */
export type EnvironmentText = readonly EnvironmentPart[];

export type EnvironmentPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly default: string | undefined };

/** Reads `{{env_var "NAME"}}` and `{{env_var "NAME" "default"}}` in a text that stands at `span`; nothing else may be called. */
export function readEnvironmentText(text: string, span: Span, report: Report): EnvironmentText {
  if (!text.includes('{{')) return [{ kind: 'text', text }];
  const template = parseTemplate({ path: span.source.path, text }, (diagnostic) =>
    report({ ...diagnostic, span }),
  );
  return (template?.program.body ?? []).map((statement) => {
    const part = readPart(statement);
    if (part === undefined) report(catalogue.notAnEnvironmentVariable({ span }));
    return part ?? { kind: 'text', text: '' };
  });
}

function readPart(statement: Statement): EnvironmentPart | undefined {
  if (statement.type === 'ContentStatement') return { kind: 'text', text: statement.value };
  if (statement.type !== 'MustacheStatement' || statement.hash !== undefined) return undefined;
  const { path, params } = statement;
  const [name, fallback, extra] = params;
  if (path.type !== 'PathExpression' || path.original !== 'env_var' || extra !== undefined) return undefined;
  if (name?.type !== 'StringLiteral') return undefined;
  if (fallback === undefined) return { kind: 'variable', name: name.value, default: undefined };
  if (fallback.type !== 'StringLiteral' && fallback.type !== 'NumberLiteral') return undefined;
  return { kind: 'variable', name: name.value, default: String(fallback.value) };
}

/** The names of the variables in a text. */
export function variablesIn(text: EnvironmentText): string[] {
  return text.flatMap((part) => (part.kind === 'variable' ? [part.name] : []));
}

/** Puts values in place of variables; `missing` is told of each that has neither value nor default. */
export function fillIn(
  text: EnvironmentText,
  env: NodeJS.ProcessEnv,
  missing: (name: string) => void,
): string {
  return text
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const value = env[part.name] ?? part.default;
      if (value === undefined) missing(part.name);
      return value ?? '';
    })
    .join('');
}
