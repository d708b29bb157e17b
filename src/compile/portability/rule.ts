import type { Severity } from '../../diagnostic/diagnostic.ts';
import type { Relation } from '../../dialect/relation.ts';
import type { Token } from '../../dialect/token.ts';
import type { NodeOf, NodeTag, TreePlace } from './pg-tree.ts';

/** A rule finds one thing that Redshift refuses (an error) or reads differently from other engines (a warning). */
export interface PortabilityRule {
  readonly code: `PRT-${string}`;
  readonly severity: Severity;
  /** What is found, as a heading: `FILTER clause`. */
  readonly what: string;
  /** Why it is found: one or two sentences. */
  readonly why: string;
  /** The page of AWS's developer guide that says so, without folder and extension: `c_Window_functions`. */
  readonly page: string;
  /** Called for every node of these kinds. */
  readonly nodes?: NodeChecks;
  /** Called for every token that means something. */
  readonly tokens?: TokenCheck;
}

export type NodeChecks = {
  readonly [Tag in NodeTag]?: (node: NodeOf<Tag>, context: RuleContext) => void;
};

/** `tokens[index]` is the token; white space and comments are left out. */
export type TokenCheck = (tokens: readonly Token[], index: number, context: RuleContext) => void;

/** What a rule knows of the statement around the node or token, and where it says what it found. */
export interface RuleContext {
  /** The places above the node, the nearest last. */
  readonly above: readonly TreePlace[];
  /** The innermost query around the node. */
  readonly block: QueryBlock | undefined;
  readonly statement: LintedStatement;
  /** `location` is a node's own, in bytes of the parsed text. */
  readonly report: (location: number | undefined, finding: Said) => void;
  readonly reportToken: (token: Token, finding: Said) => void;
}

/** One finding in words; the message is a sentence, the hint says what to write instead. */
export interface Said {
  readonly message: string;
  readonly hint?: string;
}

export interface LintedStatement {
  /** Tokens that mean something, in order. */
  readonly tokens: readonly Token[];
  /** The token that a location begins with. */
  readonly tokenAt: (location: number | undefined) => Token | undefined;
  /** Whether rows of a table are read, so that the compute nodes take part. */
  readonly readsTables: () => boolean;
  /** The statement is sent inside another query, as a test's is. */
  readonly wrapped: boolean;
  /** Functions that the project declares, in lower case. */
  readonly declaredFunctions: ReadonlySet<string>;
  readonly declaredTypes: DeclaredTypes;
}

/** Types that rules ask for. */
export type TypeFamily = 'integer' | 'boolean';

/** The family of a column's declared type; undefined: none is declared, or another. All names in lower case. */
export type DeclaredTypes = (relation: Relation, column: string) => TypeFamily | undefined;

/** A query block: one SELECT, with the blocks that it stands in. */
export interface QueryBlock {
  readonly select: NodeOf<'SelectStmt'>;
  readonly outer: QueryBlock | undefined;
  /** Names that columns may be qualified by, in lower case; a block that joins two queries by UNION has none. */
  readonly names: ReadonlySet<string>;
  /** The subquery expression that the block is the query of. */
  readonly link: NodeOf<'SubLink'> | undefined;
  /** Whether a subquery expression stands in the ON condition of an outer join. */
  readonly inOuterJoin: boolean;
  /** A query of a WITH clause sees no table outside. */
  readonly isCommonTable: boolean;
}
