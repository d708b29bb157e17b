import type { Backend } from '../backend.ts';
import {
  type Behaviour,
  doc,
  emulate,
  issue,
  Refusal,
  refuse,
  type Statement,
  syntaxError,
} from '../behaviour.ts';
import { begins, closing, nameAt, qualified, textOf } from '../statement.ts';
import { layoutSql, newLayout, readAttributes, readColumns, type TableLayout } from './table-definition.ts';

/** Attributes of layout are checked, kept beside the table, and shown by the catalog. */
export const createTable: Behaviour = {
  name: 'CREATE TABLE and CREATE TABLE AS with DISTSTYLE, DISTKEY, SORTKEY, ENCODE and BACKUP; keys are not enforced',
  source: doc('r_CREATE_TABLE_NEW, r_CREATE_TABLE_AS'),
  remembered: ['CREATE TABLE AS answers SELECT without a count', 'the codes of refusals of CREATE TABLE'],
  apply(statement) {
    const table = tableWord(statement);
    if (table === undefined) return undefined;
    return emulate(async ({ backend }) => {
      const { create, relation, layout, tag } = read(statement, table);
      await backend.query(`${create};\n${layoutSql(relation, layout)}`);
      return tag;
    });
  },
};

function tableWord(statement: Statement): number | undefined {
  if (!begins(statement, 'create')) return undefined;
  const at = statement.words.slice(0, 4).indexOf('table');
  const between = statement.words.slice(1, at);
  return at > 0 && between.every((word) => TEMPORARY.has(word)) ? at : undefined;
}

const TEMPORARY = new Set(['local', 'temp', 'temporary']);

interface Creation {
  readonly create: string;
  readonly relation: string;
  readonly layout: TableLayout;
  readonly tag: string;
}

function read(statement: Statement, table: number): Creation {
  const { words } = statement;
  const ifNotExists = words[table + 1] === 'if';
  const { next, ...name } = nameAt(statement, ifNotExists ? table + 4 : table + 1);
  const layout = newLayout();
  const open = words[next] === '(' ? next : undefined;
  const behindColumns = open === undefined ? next : closing(words, open) + 1;
  const end = readAttributes(statement, behindColumns, layout);
  const head = textOf(statement, 0, next);
  const relation = qualified(name);
  if (words[end] === 'as') {
    if (layout.encodings.size > 0) throw new Refusal(syntaxError('encode'));
    const names = open === undefined ? '' : ` ${textOf(statement, open, behindColumns)}`;
    return { create: `${head}${names} as ${textOf(statement, end + 1)}`, relation, layout, tag: 'SELECT' };
  }
  if (end < words.length || open === undefined) throw new Refusal(syntaxError(words[end] ?? 'table'));
  const columns = readColumns(statement, open + 1, behindColumns - 1, layout);
  return { create: `${head} (${columns})`, relation, layout, tag: 'CREATE TABLE' };
}

/** Without the plain form, that follows what it is called, there is nothing that replaces a table. */
export const noReplacedTable: Behaviour = {
  name: 'no CREATE OR REPLACE TABLE',
  source: issue('sqlmesh, engine_adapter/redshift.py'),
  apply: (statement) =>
    begins(statement, 'create or replace') && TABLE.has(statement.words[3] ?? '')
      ? refuse(`syntax error at or near "${statement.words[3]}"`, '42601')
      : undefined,
};

const TABLE = new Set(['table', 'temp', 'temporary']);

export const noConditionalTableAs: Behaviour = {
  name: 'no CREATE TABLE IF NOT EXISTS … AS',
  source: issue('sqlmesh, engine_adapter/redshift.py'),
  apply(statement) {
    const table = tableWord(statement);
    if (table === undefined || statement.words[table + 1] !== 'if') return undefined;
    const { next } = nameAt(statement, table + 4);
    const { words } = statement;
    const behind = words[next] === '(' ? closing(words, next) + 1 : next;
    return words.slice(behind).includes('as') ? refuse('syntax error at or near "as"', '42601') : undefined;
  },
};

/** Attributes of a table that is there already. */
export const alterTable: Behaviour = {
  name: 'ALTER TABLE … ALTER DISTSTYLE, DISTKEY and SORTKEY; ADD COLUMN takes one column',
  source: doc('r_ALTER_TABLE'),
  apply(statement) {
    if (!begins(statement, 'alter table')) return undefined;
    const { next, ...name } = nameAt(statement, 2);
    const { words } = statement;
    if (words[next] === 'append') return refuse('the stand-in has no ALTER TABLE APPEND');
    if (words[next] === 'rename' && words[next + 3] === '.')
      return refuse('syntax error at or near "."', '42601');
    if (words[next] === 'add' && words[next + 1] === 'column') {
      return emulate(({ backend }) => addColumn(backend, statement, next + 2, name));
    }
    if (words[next] !== 'alter' || !LAYOUT_WORDS.has(words[next + 1] ?? '')) return undefined;
    return emulate(async ({ backend }) => {
      const layout = newLayout();
      const isKey = words[next + 1] === 'distkey' && words[next + 2] !== '(';
      const renamed = isKey ? { ...layout, style: 'key' as const, distKey: words[next + 2] } : layout;
      if (!isKey && readAttributes(statement, next + 1, layout) < words.length)
        throw new Refusal(syntaxError(words[words.length - 1] ?? ''));
      await backend.query(layoutSql(qualified(name), renamed));
      return 'ALTER TABLE';
    });
  },
};

const LAYOUT_WORDS = new Set(['diststyle', 'distkey', 'sortkey', 'compound', 'interleaved']);

async function addColumn(
  backend: Backend,
  statement: Statement,
  from: number,
  name: { readonly schema?: string; readonly name: string },
): Promise<string> {
  const column = readColumns(statement, from, statement.words.length, newLayout());
  if (/, (?=")/.test(column)) throw new Refusal(syntaxError(','));
  await backend.query(`alter table ${qualified(name)} add column ${column}`);
  return 'ALTER TABLE';
}
