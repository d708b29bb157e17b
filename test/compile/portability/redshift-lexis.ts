import { tokenizer } from '../../../src/dialect/tokenizer.ts';

/** Redshift's text as tokens, without the rest of its dialect. */
export const redshiftLexis = {
  tokenize: tokenizer({
    nestedComments: true,
    dollarQuotes: true,
    escapeStrings: false,
    backslashInStrings: true,
    unicodeSpaces: new Set<number>(),
  }),
};
