import type { Token } from '../../../dialect/token.ts';
import type { PortabilityRule } from '../rule.ts';

/** `E'…'`, `U&'…'`. */
export const prefixedStrings: PortabilityRule = {
  code: 'PRT-140',
  severity: 'error',
  what: 'Strings with a prefix',
  why: 'Redshift reads E as the name of a type, which does not exist. Plain strings escape with a backslash already.',
  page: 'r_Examples_with_character_types',
  tokens: (tokens, index, { reportToken }) => {
    const [prefix, next] = [tokens[index], tokens[index + 1]];
    if (prefix?.kind !== 'word' || next === undefined || next.start !== prefix.start + prefix.text.length)
      return;
    const isEscape = /^e$/i.test(prefix.text) && next.kind === 'string';
    const isUnicode = /^u$/i.test(prefix.text) && next.text === '&' && isQuotedText(tokens[index + 2]);
    if (!isEscape && !isUnicode) return;
    reportToken(prefix, {
      message: isEscape ? "Redshift has no E'…' strings." : "Redshift has no U&'…' texts.",
      hint: 'Write a plain string, or {{literal "…"}}, which escapes for each engine.',
    });
  },
};

function isQuotedText(token: Token | undefined): boolean {
  return token?.kind === 'string' || token?.kind === 'quoted-identifier';
}

/** `'\d+'`, `'\\d+'`. */
export const backslashes: PortabilityRule = {
  code: 'PRT-141',
  severity: 'warning',
  what: 'Backslash in a string',
  why: "A backslash escapes the character after it in every string: '\\d' is d. On DuckDB and PostgreSQL it stands for itself.",
  page: 'r_QUOTE_LITERAL',
  tokens: (tokens, index, { reportToken }) => {
    const token = tokens[index];
    if (token?.kind !== 'string' || !token.text.includes('\\') || hasPrefix(token, tokens[index - 1])) return;
    reportToken(token, {
      message: 'Redshift reads a backslash in a string as an escape.',
      hint: 'Write {{literal "…"}}, which escapes for each engine; in a pattern, [0-9] and [.] need no backslash.',
    });
  },
};

/** Whether another token touches a string, which then is not plain. */
function hasPrefix(string: Token, before: Token | undefined): boolean {
  const touches = before !== undefined && before.start + before.text.length === string.start;
  return touches && (before.kind === 'word' || before.text === '&');
}

/** `0x1f`, `1_000`. */
export const numberForms: PortabilityRule = {
  code: 'PRT-142',
  severity: 'error',
  what: 'Numbers with underscores or a base',
  why: 'Numbers are decimal digits, with a point and an exponent.',
  page: 'r_Numeric_types201',
  tokens: (tokens, index, { reportToken }) => {
    const token = tokens[index];
    if (token?.kind !== 'number') return;
    const next = tokens[index + 1];
    const touches = next?.kind === 'word' && next.start === token.start + token.text.length;
    if (!token.text.includes('_') && !(token.text === '0' && touches && /^[xob]/i.test(next.text))) return;
    reportToken(token, { message: 'Redshift writes numbers in plain decimal digits.' });
  },
};
