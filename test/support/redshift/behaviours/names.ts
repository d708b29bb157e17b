import { type Behaviour, doc, rewrite } from '../behaviour.ts';
import { type Edit, edited, identifierOf, quoted } from '../statement.ts';

/** Names in quotes are folded as others are. */
export const foldedNames: Behaviour = {
  name: 'names are lower case, in quotes too',
  source: doc('r_names'),
  apply(statement) {
    const edits: Edit[] = [];
    for (const [at, token] of statement.tokens.entries()) {
      if (token.kind !== 'quoted-identifier' || !/[A-Z]/.test(token.text)) continue;
      edits.push({ from: at, to: at + 1, text: quoted(identifierOf(token)) });
    }
    return rewrite(edited(statement, edits));
  },
};
