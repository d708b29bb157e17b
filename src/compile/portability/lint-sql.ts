import type { Severity } from '../../diagnostic/diagnostic.ts';
import { addTo } from '../../diagnostic/lists-by-key.ts';
import { canonicalTokens } from '../../dialect/canonical-tokens.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Token } from '../../dialect/token.ts';
import { type Grammar, unitsOfBytes } from './pg-grammar.ts';
import { findNodes, type NodeOf, type NodeTag, visitTree } from './pg-tree.ts';
import { BlockStack } from './query-block.ts';
import { postgresText } from './redshift-syntax.ts';
import type { DeclaredTypes, LintedStatement, PortabilityRule, RuleContext, Said } from './rule.ts';
import { unreadable } from './rules/readable.ts';
import { portabilityRules } from './rules.ts';

/** Something in an SQL text that Redshift refuses or reads differently; `offset` counts UTF-16 units from 0. */
export interface Finding extends Said {
  readonly code: string;
  readonly severity: Severity;
  readonly page: string;
  readonly offset: number;
}

export interface LintOptions {
  readonly dialect: Pick<Dialect, 'tokenize'>;
  readonly grammar: Grammar;
  /** Functions that the project declares, in lower case. */
  readonly declaredFunctions: ReadonlySet<string>;
  /** The text is sent inside another query. */
  readonly wrapped: boolean;
  /** Columns whose declared type is known. */
  readonly declaredTypes: DeclaredTypes;
}

/** Lints one query, with names in place of its markers; findings in the order of the text. */
export function lintSql(sql: string, options: LintOptions): readonly Finding[] {
  const tokens = options.dialect.tokenize(sql);
  const significant = canonicalTokens(tokens);
  const edited = postgresText(tokens);
  const found = new Findings();
  const parsed = options.grammar(edited.text);
  if (parsed.kind === 'error') {
    const message = `PostgreSQL's grammar, with Redshift's additions, cannot read this: ${parsed.message}.`;
    found.add(unreadable, edited.originalOffset(parsed.offset), { message });
    checkTokens(significant, unreadStatement(significant, options), found);
    return found.inOrder();
  }
  const units = unitsOfBytes(edited.text);
  const offsetOf = (location: number) => edited.originalOffset(units(location));
  const statement: LintedStatement = {
    tokens: significant,
    tokenAt: (location = 0) => tokenAtOffset(significant, offsetOf(Math.max(0, location))),
    readsTables: () => readsTables(parsed.tree),
    ...options,
  };
  checkTokens(significant, statement, found);
  checkNodes(parsed.tree, statement, found, offsetOf);
  return found.inOrder();
}

function checkTokens(tokens: readonly Token[], statement: LintedStatement, found: Findings): void {
  for (const rule of portabilityRules) {
    if (rule.tokens === undefined) continue;
    const context = contextOf(rule, { statement, found, offsetOf: (location) => location });
    for (const index of tokens.keys()) rule.tokens(tokens, index, context);
  }
}

type AnyCheck = (node: object, context: RuleContext) => void;

/** The checks of all rules by the kind of node that they are for. */
const CHECKS: ReadonlyMap<NodeTag, readonly (readonly [PortabilityRule, AnyCheck])[]> = checksByTag();

function checksByTag(): ReadonlyMap<NodeTag, [PortabilityRule, AnyCheck][]> {
  const byTag = new Map<NodeTag, [PortabilityRule, AnyCheck][]>();
  for (const rule of portabilityRules) {
    for (const [tag, check] of Object.entries(rule.nodes ?? {}) as [NodeTag, AnyCheck][]) {
      addTo(byTag, tag, [rule, check]);
    }
  }
  return byTag;
}

function checkNodes(
  tree: unknown,
  statement: LintedStatement,
  found: Findings,
  offsetOf: (location: number) => number,
): void {
  const blocks = new BlockStack();
  visitTree(tree, {
    enter: (place, above) => {
      blocks.enter(place, above);
      for (const [rule, check] of CHECKS.get(place.tag) ?? []) {
        check(place.node, {
          ...contextOf(rule, { statement, found, offsetOf }),
          above,
          block: blocks.innermost,
        });
      }
    },
    leave: (place) => blocks.leave(place),
  });
}

function contextOf(
  rule: PortabilityRule,
  {
    statement,
    found,
    offsetOf,
  }: {
    readonly statement: LintedStatement;
    readonly found: Findings;
    readonly offsetOf: (location: number) => number;
  },
): RuleContext {
  return {
    above: [],
    block: undefined,
    statement,
    report: (location, said) => found.add(rule, offsetOf(Math.max(0, location ?? 0)), said),
    reportToken: (token, said) => found.add(rule, token.start, said),
  };
}

/** Findings, one for each rule and place. */
class Findings {
  readonly #found = new Map<string, Finding>();

  add({ code, severity, page }: PortabilityRule, offset: number, said: Said): void {
    const key = `${code} ${offset}`;
    if (!this.#found.has(key)) this.#found.set(key, { code, severity, page, offset, ...said });
  }

  inOrder(): readonly Finding[] {
    return [...this.#found.values()].sort((one, other) => one.offset - other.offset);
  }
}

function unreadStatement(tokens: readonly Token[], options: LintOptions): LintedStatement {
  return { tokens, tokenAt: () => undefined, readsTables: () => false, ...options };
}

/** Whether any table is named that is no common table expression. */
function readsTables(tree: unknown): boolean {
  const commonTables = new Set(findNodes(tree, 'CommonTableExpr').map(({ ctename }) => ctename));
  const isTable = ({ schemaname, relname }: NodeOf<'RangeVar'>) =>
    schemaname !== undefined || !commonTables.has(relname);
  return findNodes(tree, 'RangeVar').some(isTable);
}

function tokenAtOffset(tokens: readonly Token[], offset: number): Token | undefined {
  return tokens.find((token) => offset >= token.start && offset < token.start + token.text.length);
}
