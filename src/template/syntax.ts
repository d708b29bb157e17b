/**
 * The syntax tree of a template as Handlebars' grammar builds it, with places as offsets in the text.
 * White space that Handlebars strips (`~`, tags alone on a line) is gone from `ContentStatement.value` already.
 */
export interface Place {
  readonly start: number;
  readonly end: number;
}

interface SyntaxNode {
  readonly loc: Place;
}

export interface Program {
  readonly type: 'Program';
  readonly body: readonly Statement[];
  readonly blockParams?: readonly string[] | undefined;
  /** An `{{else if}}` chain: the body is the one block of the chain's next link. */
  readonly chained?: boolean;
}

export type Statement =
  | ContentStatement
  | CommentStatement
  | MustacheStatement
  | BlockStatement
  | UnsupportedStatement;

export interface ContentStatement extends SyntaxNode {
  readonly type: 'ContentStatement';
  readonly value: string;
  readonly original: string;
  /** White space was stripped from the start of `original`. */
  readonly rightStripped?: boolean;
  /** White space was stripped from the end of `original`. */
}

export interface CommentStatement extends SyntaxNode {
  readonly type: 'CommentStatement';
}

/** What a call is made of, whether it stands in `{{…}}`, `(…)` or `{{#…}}`. */
export interface CallSyntax extends SyntaxNode {
  readonly path: PathExpression | Literal;
  readonly params: readonly Expression[];
  readonly hash: Hash | undefined;
}

export interface MustacheStatement extends CallSyntax {
  readonly type: 'MustacheStatement';
}

export interface SubExpression extends CallSyntax {
  readonly type: 'SubExpression';
}

export interface BlockStatement extends CallSyntax {
  readonly type: 'BlockStatement';
  readonly program: Program | undefined;
  readonly inverse: Program | undefined;
}

/** What Handlebars knows and templates here may not hold: partials and decorators. */
export interface UnsupportedStatement extends SyntaxNode {
  readonly type: 'PartialStatement' | 'PartialBlockStatement' | 'Decorator' | 'DecoratorBlock';
}

export type Expression = SubExpression | PathExpression | Literal;

export interface PathExpression extends SyntaxNode {
  readonly type: 'PathExpression';
  /** Begins with `@`. */
  readonly data: boolean;
  /** How many `../` it begins with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

export type Literal = StringLiteral | NumberLiteral | BooleanLiteral | NullLiteral | UndefinedLiteral;

export interface StringLiteral extends SyntaxNode {
  readonly type: 'StringLiteral';
  readonly value: string;
}

export interface NumberLiteral extends SyntaxNode {
  readonly type: 'NumberLiteral';
  readonly value: number;
}

export interface BooleanLiteral extends SyntaxNode {
  readonly type: 'BooleanLiteral';
  readonly value: boolean;
}

export interface NullLiteral extends SyntaxNode {
  readonly type: 'NullLiteral';
  readonly value: null;
}

export interface UndefinedLiteral extends SyntaxNode {
  readonly type: 'UndefinedLiteral';
  readonly value: undefined;
}

export interface Hash extends SyntaxNode {
  readonly type: 'Hash';
  readonly pairs: readonly HashPair[];
}

export interface HashPair extends SyntaxNode {
  readonly type: 'HashPair';
  readonly key: string;
  readonly value: Expression;
}

/** Whether a path begins with `this` or `.`, the item of `#each` or `#with`. */
export function isItemPath({ original }: PathExpression): boolean {
  return /^(?:this(?![^./])|\.)/.test(original);
}

/** The name of what is called, unless it is a parameter or a property. */
export function calledName({ path }: CallSyntax, names: readonly string[]): string | undefined {
  if (path.type !== 'PathExpression' || path.data || path.depth > 0 || path.parts.length !== 1)
    return undefined;
  const [name = ''] = path.parts;
  return isItemPath(path) || names.includes(name) ? undefined : name;
}
