import type { Backend } from '../backend.ts';
import { type Behaviour, doc, emulate, issue, Refusal, refuse, type Statement } from '../behaviour.ts';
import {
  begins,
  type Edit,
  edited,
  identifierOf,
  literal,
  nameAt,
  qualified,
  statementOf,
  textOf,
} from '../statement.ts';

/** Kept by its text; a view of PostgreSQL without rows and sources holds its place in the catalog. */
export const lateBindingView: Behaviour = {
  name: 'CREATE VIEW … WITH NO SCHEMA BINDING: names are looked up when it is read, and the catalog knows of no dependency',
  source: doc('r_CREATE_VIEW'),
  remembered: ['CREATE OR REPLACE keeps the columns of late-binding views, too'],
  apply(statement) {
    if (!isLateBinding(statement)) return undefined;
    const problem = problemOf(statementOf(statement.original));
    if (problem !== undefined) return refuse(problem);
    return emulate(async ({ backend, server }) => {
      server.hasLateViews = true;
      const view = nameAt(statement, viewWord(statement) + 1);
      const text = textOf(statement, view.next + 1, statement.words.length - 4);
      const original = statementOf(statement.original);
      const kept = textOf(
        original,
        nameAt(original, viewWord(original) + 1).next + 1,
        original.words.length - 4,
      );
      const replaces = statement.words[1] === 'or';
      await backend.query(
        `select stand_in.keep_late_view(${[qualified(view), text, kept].map(literal).join(', ')}, ${replaces})`,
      );
      return 'CREATE VIEW';
    });
  },
};

function isLateBinding(statement: Statement): boolean {
  const isView = begins(statement, 'create view') || begins(statement, 'create or replace view');
  return isView && statement.words.slice(-4).join(' ') === 'with no schema binding';
}

function viewWord({ words }: Statement): number {
  return words.indexOf('view');
}

function problemOf(statement: Statement): string | undefined {
  const { words } = statement;
  if (words.includes('recursive')) return 'a late-binding view cannot hold a recursive query';
  const common = new Set(words.filter((_, at) => words[at + 1] === 'as' && words[at + 2] === '('));
  const bare = words.some(
    (word, at) =>
      (words[at - 1] === 'from' || words[at - 1] === 'join') &&
      ['word', 'quoted-identifier'].includes(statement.tokens[at]?.kind ?? '') &&
      words[at + 1] !== '.' &&
      words[at + 1] !== '(' &&
      !common.has(word),
  );
  return bare
    ? 'All the relation names inside should be qualified when creating views with no schema binding.'
    : undefined;
}

export const noLateComments: Behaviour = {
  name: 'no comments on late-binding views and their columns',
  source: issue('dbt-redshift and sqlmesh leave them out'),
  apply(statement) {
    const isColumn = begins(statement, 'comment on column');
    if (!isColumn && !begins(statement, 'comment on view')) return undefined;
    return emulate(async ({ backend }) => {
      const { words } = statement;
      const name = nameAt(statement, 3);
      const ofView = isColumn && words[name.next] !== '.' ? { name: name.schema ?? '' } : name;
      const { rows } = await backend.query(
        `select 1 from stand_in.late_views where relation = to_regclass(${literal(qualified(ofView))})`,
      );
      if (rows.length > 0)
        throw new Refusal({ code: '0A000', message: 'COMMENT ON is not supported for late binding views' });
      await backend.query(isColumn ? textOf(statement, 0) : await onView(backend, statement));
      return 'COMMENT';
    });
  },
};

/** Materialized views are views to COMMENT, and kept as what PostgreSQL has for them. */
async function onView(backend: Backend, statement: Statement): Promise<string> {
  const { next, ...name } = nameAt(statement, 3);
  const relation = qualified(name);
  const { rows } = await backend.query(
    `select relkind from pg_class where oid = to_regclass(${literal(relation)})`,
  );
  return `comment on ${rows[0]?.[0] === 'm' ? 'materialized view' : 'view'} ${relation} ${textOf(statement, next)}`;
}

/** A statement with the texts of late-binding views in the place of their names. */
export async function withLateViews(backend: Backend, sql: string): Promise<string> {
  const { rows } = await backend.query(`select nspname, relname, query
from stand_in.late_views
join pg_class on pg_class.oid = relation
join pg_namespace on pg_namespace.oid = relnamespace`);
  const views = new Map(rows.map(([schema, name, query]) => [`${schema}.${name}`, query ?? '']));
  return expanded(sql, views, 0);
}

const MOST_LEVELS = 32;

function expanded(sql: string, views: ReadonlyMap<string, string>, level: number): string {
  const statement = statementOf(sql);
  const { words, tokens } = statement;
  const edits: Edit[] = [];
  for (const [at, word] of words.entries()) {
    if (!['from', 'join', ','].includes(word) || words[at + 2] !== '.') continue;
    const [schema, name] = [identifierOf(tokens[at + 1]), identifierOf(tokens[at + 3])];
    const query = views.get(`${schema}.${name}`);
    if (query === undefined || words[at + 4] === '.') continue;
    const kind = tokens[at + 4]?.kind;
    const isNamed =
      (kind === 'word' || kind === 'quoted-identifier') && !BEHIND_TABLE.has(words[at + 4] ?? '');
    edits.push({ from: at + 1, to: at + 4, text: `(\n${query}\n)${isNamed ? '' : ` as "${name}"`}` });
  }
  const text = edited(statement, edits);
  return text === undefined || level > MOST_LEVELS ? sql : expanded(text, views, level + 1);
}

const BEHIND_TABLE = new Set(
  `where join left right inner full cross natural on using group order having limit union except intersect minus
   qualify window offset fetch for with set when`.split(/\s+/),
);
