import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
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

/** What PostgreSQL cuts to 63 bytes would be another name than the one of 127 that Redshift keeps: it is never sent. */
const POSTGRES_BYTES = 63;

export const longNames: Behaviour = {
  name: 'a name of more than 63 bytes is beyond the stand-in',
  source: doc('r_names'),
  apply({ tokens }) {
    const long = tokens.find(
      (token) =>
        (token.kind === 'word' || token.kind === 'quoted-identifier') &&
        Buffer.byteLength(redshiftDialect.fold(token.text)) >
          POSTGRES_BYTES + (token.kind === 'word' ? 0 : 2),
    );
    if (long === undefined) return undefined;
    const message = `the stand-in keeps names of at most ${POSTGRES_BYTES} bytes, and not "${long.text}"`;
    return { kind: 'refuse', error: { code: '42622', message } };
  },
};
