import type { Backend } from '../backend.ts';
import { type Behaviour, doc, emulate, Refusal, type Statement, syntaxError } from '../behaviour.ts';
import { begins, literal, nameAt, qualified, textOf } from '../statement.ts';
import { layoutSql, newLayout, readAttributes } from './table-definition.ts';

/** PostgreSQL lets a view grow at its end; Redshift does not. */
export const replaceView: Behaviour = {
  name: 'CREATE OR REPLACE VIEW keeps the names, the types and the number of columns',
  source: doc('r_CREATE_VIEW'),
  apply(statement) {
    if (!begins(statement, 'create or replace view')) return undefined;
    return emulate(async ({ backend }) => {
      const alone = backend.status === 'I';
      if (alone) await backend.query('begin');
      try {
        await replace(backend, statement);
      } catch (error) {
        if (alone) await backend.query('rollback');
        throw error;
      }
      if (alone) await backend.query('commit');
      return 'CREATE VIEW';
    });
  },
};

async function replace(backend: Backend, statement: Statement): Promise<void> {
  const relation = qualified(nameAt(statement, 4));
  const before = await columnCount(backend, relation);
  await backend.query(textOf(statement, 0));
  const after = await columnCount(backend, relation);
  if (before !== 0 && before !== after)
    throw new Refusal({ code: '42P16', message: 'cannot change number of columns in view' });
}

async function columnCount(backend: Backend, relation: string): Promise<number> {
  const { rows } = await backend.query(
    `select count(*) from pg_attribute where attrelid = to_regclass(${literal(relation)}) and attnum > 0`,
  );
  return Number(rows[0]?.[0]);
}

/** Its rows are stored at once, and again by REFRESH only. */
export const materializedView: Behaviour = {
  name: 'CREATE MATERIALIZED VIEW with BACKUP, DISTSTYLE, DISTKEY, SORTKEY and AUTO REFRESH',
  source: doc('materialized-view-create-sql-command'),
  apply(statement) {
    if (!begins(statement, 'create materialized view')) return undefined;
    return emulate(async ({ backend }) => {
      const { next, ...name } = nameAt(statement, 3);
      const { words } = statement;
      const layout = newLayout();
      let at = readAttributes(statement, next, layout);
      if (words[at] === 'auto' && words[at + 1] === 'refresh') at += 3;
      if (words[at] !== 'as') throw new Refusal(syntaxError(words[at] ?? ''));
      const relation = qualified(name);
      const create = `create materialized view ${relation} as ${textOf(statement, at + 1)}`;
      await backend.query(`${create};\n${layoutSql(relation, layout)}`);
      return 'CREATE MATERIALIZED VIEW';
    });
  },
};
