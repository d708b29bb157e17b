import { type Behaviour, doc, emulate, Refusal, refuse } from '../behaviour.ts';
import { begins, edited, textOf } from '../statement.ts';

export const truncateCommits: Behaviour = {
  name: 'TRUNCATE commits the transaction that it is in',
  source: doc('r_TRUNCATE'),
  apply(statement) {
    if (!begins(statement, 'truncate')) return undefined;
    return emulate(async ({ backend }) => {
      await backend.query(textOf(statement, 0));
      if (backend.status === 'T') await backend.query('commit');
      return 'TRUNCATE TABLE';
    });
  },
};

/** PostgreSQL has it as well, with other words behind it. */
export const vacuum: Behaviour = {
  name: 'VACUUM with Redshift’s words, never in a transaction',
  source: doc('r_VACUUM_command'),
  apply(statement) {
    if (!begins(statement, 'vacuum')) return undefined;
    return emulate(async ({ backend }) => {
      if (backend.status !== 'I')
        throw new Refusal({ code: '25001', message: 'VACUUM cannot run inside a transaction block' });
      const words = statement.words.slice(1).filter((word) => !VACUUM_WORDS.has(word));
      const to = words.indexOf('to');
      await backend.query(`vacuum ${words.slice(0, to < 0 ? words.length : to).join('')}`);
      return 'VACUUM';
    });
  },
};

const VACUUM_WORDS = new Set(['full', 'sort', 'only', 'delete', 'reindex', 'recluster', 'boost']);

export const noAlterColumn: Behaviour = {
  name: 'ALTER TABLE … ALTER COLUMN is refused in a transaction',
  source: doc('r_ALTER_TABLE'),
  apply(statement) {
    if (!begins(statement, 'alter table')) return undefined;
    const at = statement.words.indexOf('column');
    if (at < 0 || statement.words[at - 1] !== 'alter') return undefined;
    return emulate(async ({ backend }) => {
      if (backend.status !== 'I')
        throw new Refusal({
          code: '25001',
          message: 'ALTER TABLE ALTER COLUMN cannot run inside a transaction block',
        });
      if (statement.words[at + 2] !== 'encode') await backend.query(textOf(statement, 0));
      return 'ALTER TABLE';
    });
  },
};

export const noSavepoints: Behaviour = {
  name: 'no savepoints',
  source: doc('c_unsupported-postgresql-features'),
  apply(statement) {
    const { words } = statement;
    const isBack = words[0] === 'rollback' && words.includes('to');
    const isSavepoint = words[0] === 'savepoint' || (words[0] === 'release' && words.length > 1);
    return isBack || isSavepoint ? refuse('SQL command "SAVEPOINT" not supported.') : undefined;
  },
};

export const analyze: Behaviour = {
  name: 'ANALYZE with Redshift’s words',
  source: doc('r_ANALYZE'),
  apply(statement) {
    const { words } = statement;
    if (!begins(statement, 'analyze') || words[1] === 'compression') return undefined;
    const [at, length] = words.at(-1) === 'columns' ? [words.length - 2, 2] : [words.length, 0];
    const sql = edited(statement, length === 0 ? [] : [{ from: at, to: at + length, text: '' }]);
    return sql === undefined ? undefined : { kind: 'rewrite', sql };
  },
};
