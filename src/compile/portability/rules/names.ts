import { RESERVED_WORDS } from '../../../dialect/redshift/reserved-words.ts';
import type { Token } from '../../../dialect/token.ts';
import { asNode } from '../pg-tree.ts';
import type { PortabilityRule, RuleContext } from '../rule.ts';

const LONGEST = 127;

/** `select x as percent`, `from t as tag`, `tag.open`. */
export const reservedNames: PortabilityRule = {
  code: 'PRT-250',
  severity: 'error',
  what: 'Reserved words as names',
  why: 'A reserved word is a name only in double quotes.',
  page: 'r_pg_keywords',
  nodes: {
    ColumnRef: ({ fields = [], location }, { report, statement }) => {
      const name = asNode(fields[0], 'String')?.sval ?? '';
      if (!isReserved(name) || VALUES.has(name)) return;
      const token = statement.tokenAt(location);
      if (token?.kind === 'word' && token.text.toLowerCase() === name) report(location, refusal(name));
    },
    ResTarget: ({ name }, context) => refuseDeclared(name, context),
    Alias: ({ aliasname, colnames = [] }, context) => {
      for (const name of [aliasname, ...colnames.map((one) => asNode(one, 'String')?.sval)])
        refuseDeclared(name, context);
    },
    CommonTableExpr: ({ ctename, location }, { report, statement }) => {
      if (isReserved(ctename) && statement.tokenAt(location)?.kind === 'word')
        report(location, refusal(ctename));
    },
  },
};

/** Reserved words that are values where a column may stand. */
const VALUES = new Set(['sysdate', 'current_user_id']);

/** The tree has no place for the name of an alias, so that it is looked for: behind AS, or between an expression and what ends it. */
function refuseDeclared(name: string | undefined, { reportToken, statement: { tokens } }: RuleContext): void {
  if (!isReserved(name)) return;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || token.text.toLowerCase() !== name || tokens[index + 1]?.text === '(')
      continue;
    const before = tokens[index - 1];
    const isNamed =
      before?.text.toLowerCase() === 'as' || (endsTerm(before) && startsNext(tokens[index + 1]));
    if (isNamed) reportToken(token, refusal(name));
  }
}

function endsTerm(token: Token | undefined): boolean {
  if (token === undefined || token.text === ')') return token !== undefined;
  return token.kind !== 'operator' && !(token.kind === 'word' && isReserved(token.text.toLowerCase()));
}

const STARTS_NEXT = new Set([
  ...[
    ',',
    ')',
    'from',
    'on',
    'where',
    'join',
    'left',
    'right',
    'inner',
    'full',
    'cross',
    'group',
    'order',
    'using',
  ],
]);

function startsNext(token: Token | undefined): boolean {
  return token === undefined || STARTS_NEXT.has(token.text.toLowerCase());
}

function isReserved(name: string | undefined): name is string {
  return name !== undefined && RESERVED_WORDS.has(name);
}

function refusal(name: string) {
  return {
    message: `"${name}" is a reserved word of Redshift.`,
    hint: `Choose another name, such as ${name}_name; in double quotes it would do, everywhere it is used.`,
  };
}

/** A name of more than 127 bytes. */
export const longNames: PortabilityRule = {
  code: 'PRT-251',
  severity: 'error',
  what: 'Names of more than 127 bytes',
  why: 'Longer names are cut without a word, and two of them may become one.',
  page: 'r_names',
  tokens: (tokens, index, { reportToken }) => {
    const token = tokens[index];
    if (token?.kind !== 'word' && token?.kind !== 'quoted-identifier') return;
    const bytes = Buffer.byteLength(token.text) - (token.kind === 'word' ? 0 : 2);
    if (bytes <= LONGEST) return;
    reportToken(token, { message: `This name has ${bytes} bytes; Redshift cuts names to ${LONGEST}.` });
  },
};

/** `"userId"`. */
export const capitalNames: PortabilityRule = {
  code: 'PRT-252',
  severity: 'warning',
  what: 'Capital letters in quoted names',
  why: 'Names are folded to lower case, quoted or not, unless enable_case_sensitive_identifier is set.',
  page: 'r_names',
  tokens: (tokens, index, { reportToken }) => {
    const token = tokens[index];
    const isCollation = tokens[index - 1]?.text.toLowerCase() === 'collate';
    if (token?.kind !== 'quoted-identifier' || isCollation || !/[A-Z]/.test(token.text)) return;
    reportToken(token, {
      message: `Redshift folds ${token.text} to lower case, although it is quoted.`,
      hint: 'Write names in lower case.',
    });
  },
};
