import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { code, table } from './markdown.ts';

const CATALOGUE = join(import.meta.dirname, '../../src/diagnostic/catalogue');

/** What each family of codes is about. */
const FAMILIES: Readonly<Record<string, string>> = {
  PRJ: 'project.yml, targets, folders, and TypeScript of the project',
  YML: 'YAML files: syntax and keys',
  TPL: 'templates and macros',
  REF: '`ref`, `source`, and other mentions of nodes',
  CFG: 'configs, properties, names, and declared tests',
  GRA: 'the graph',
  SEL: '`--select`, `--exclude`',
  CMP: 'compiled SQL, checked before anything is sent',
  PRT: 'what Redshift refuses or reads differently; its rules are in [portability.md](portability.md)',
  TST: 'arguments of data tests',
  WHS: 'opening the warehouse',
  SQL: 'what the warehouse says about a statement',
  LND: 'the landing zone',
  NET: 'the way to AWS',
  LOD: 'seeds and loading',
  STO: 'the store: publications, environments, rollback, prune',
  RUN: 'running',
  FRS: 'freshness of sources',
};

interface Message {
  readonly code: string;
  readonly text: string;
}

/** A table for each family of codes, with all messages of the catalogue. */
export function diagnosticFamilies(): string {
  const messages = catalogueMessages();
  const unknown = messages.filter((message) => FAMILIES[message.code.slice(0, 3)] === undefined);
  if (unknown.length > 0) throw new Error(`No family of codes: ${unknown.map((one) => one.code).join(', ')}`);
  return Object.entries(FAMILIES)
    .map(([family, about]) => {
      const members = messages.filter((message) => message.code.startsWith(family));
      const rows = members.map((message) => [code(message.code), message.text]);
      return `### ${family}: ${about}\n\n${table(['code', 'message'], rows)}`;
    })
    .join('\n\n');
}

/** All codes of the catalogue in order, with their messages; `…` stands for what differs from case to case. */
export function catalogueMessages(): readonly Message[] {
  const found = readdirSync(CATALOGUE).flatMap((file) => {
    const text = readFileSync(join(CATALOGUE, file), 'utf8');
    return messagesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  });
  const byCode = new Map<string, string>();
  for (const { code: one, text } of found) {
    const known = byCode.get(one);
    byCode.set(one, known === undefined || known === text ? text : `${known} / ${text}`);
  }
  return [...byCode].sort().map(([one, text]) => ({ code: one, text }));
}

/** Diagnostics are written as object literals, or made by a function from a code and a message. */
function messagesIn(node: ts.Node): Message[] {
  const own = messageOf(node);
  return [...(own === undefined ? [] : [own]), ...node.getChildren().flatMap((child) => messagesIn(child))];
}

function messageOf(node: ts.Node): Message | undefined {
  if (ts.isObjectLiteralExpression(node)) {
    return pair(initializer(node, 'code'), initializer(node, 'message'));
  }
  return ts.isCallExpression(node) ? pair(node.arguments[0], node.arguments[1]) : undefined;
}

function initializer(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function pair(first: ts.Expression | undefined, second: ts.Expression | undefined): Message | undefined {
  const isCode = first !== undefined && ts.isStringLiteral(first) && /^[A-Z]{3}-\d{3}$/.test(first.text);
  return isCode && second !== undefined ? { code: first.text, text: textOf(second) } : undefined;
}

function textOf(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isParenthesizedExpression(expression)) return textOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return `${textOf(expression.whenTrue)} / ${textOf(expression.whenFalse)}`;
  }
  if (!ts.isTemplateExpression(expression)) return '…';
  return expression.head.text + expression.templateSpans.map((span) => `…${span.literal.text}`).join('');
}
