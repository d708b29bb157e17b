import { type Behaviour, memory, rewrite } from '../behaviour.ts';
import { edited, literal } from '../statement.ts';

const VERSION =
  'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.121035';

export const version: Behaviour = {
  name: 'version() names PostgreSQL 8.0.2 and Redshift’s own number',
  source: memory('what clusters answer to select version()'),
  apply(statement) {
    const { words } = statement;
    const calls = words.flatMap((word, at) =>
      word === 'version' && words[at + 1] === '(' && words[at + 2] === ')' ? [at] : [],
    );
    return rewrite(
      edited(
        statement,
        calls.map((from) => ({ from, to: from + 3, text: `cast(${literal(VERSION)} as text)` })),
      ),
    );
  },
};
