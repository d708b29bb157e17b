import { type Behaviour, doc, issue, memory, refuse, type Source, type Statement } from '../behaviour.ts';
import { nameAt, textOf } from '../statement.ts';

const UNDOCUMENTED = memory('no such command is documented');

const COMMANDS: readonly (readonly [name: string, commands: RegExp, source: Source])[] = [
  [
    'no indexes',
    /^create (?:unique )?index|^drop index|^reindex|^cluster/,
    doc('c_unsupported-postgresql-features'),
  ],
  ['no triggers', /^(?:create|drop|alter) (?:constraint )?trigger/, doc('c_unsupported-postgresql-features')],
  ['no sequences', /^(?:create|drop|alter) sequence/, doc('c_unsupported-postgresql-features')],
  ['no tablespaces', /^(?:create|drop|alter) tablespace/, doc('c_unsupported-postgresql-features')],
  [
    'no domains, types, operators, aggregates, collations, extensions, rules',
    /^(?:create|drop|alter) (?:domain|type|operator|aggregate|collation|extension|rule)/,
    UNDOCUMENTED,
  ],
  ['no LISTEN, NOTIFY and LOAD', /^(?:listen|notify|unlisten|load)(?: |$)/, UNDOCUMENTED],
  ['no prepared transactions', /^prepare transaction|^(?:commit|rollback) prepared/, UNDOCUMENTED],
];

export const refusedCommands: readonly Behaviour[] = COMMANDS.map(([name, commands, source]) => ({
  name,
  source,
  apply: (statement) =>
    commands.test(statement.words.slice(0, 4).join(' '))
      ? refuse(`SQL command "${textOf(statement, 0)}" not supported on Redshift tables.`)
      : undefined,
}));

/** A word of a command that writes, that Redshift's grammar has not. */
function noWord(name: string, source: Source, find: (statement: Statement) => number): Behaviour {
  return {
    name,
    source,
    apply(statement) {
      const at = find(statement);
      return at < 0 ? undefined : refuse(`syntax error at or near "${statement.words[at]}"`, '42601');
    },
  };
}

const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'with']);

export const noReturning = noWord(
  'no RETURNING',
  issue('knex/knex: the redshift client warns and drops it'),
  ({ words, tokens }) =>
    WRITES.has(words[0] ?? '')
      ? words.findIndex((word, at) => word === 'returning' && tokens[at]?.kind === 'word')
      : -1,
);

export const noOnConflict = noWord(
  'no ON CONFLICT',
  issue('knex/knex: onConflict().merge() becomes a plain INSERT'),
  ({ words }) =>
    words.includes('insert')
      ? words.findIndex((word, at) => word === 'on' && words[at + 1] === 'conflict')
      : -1,
);

export const noMergeAlias: Behaviour = {
  name: 'the target of MERGE has no alias, and its clauses no conditions',
  source: doc('r_MERGE'),
  apply(statement) {
    const { words } = statement;
    if (words[0] !== 'merge') return undefined;
    const { next } = nameAt(statement, words[1] === 'into' ? 2 : 1);
    if (words[next] !== 'using') return refuse(`syntax error at or near "${words[next]}"`, '42601');
    const and = words.findIndex((word, at) => word === 'and' && words[at - 1] === 'matched');
    return and < 0 ? undefined : refuse('syntax error at or near "and"', '42601');
  },
};
