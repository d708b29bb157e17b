import {
  type Behaviour,
  doc,
  emulate,
  Refusal,
  type ServerState,
  type Statement,
  syntaxError,
} from '../behaviour.ts';
import { begins, identifierOf, listItems, literal, nameAt, qualified, stringOf } from '../statement.ts';

/** Users, groups and roles are three kinds of things, and each kind has names of its own. */
export const identities: Behaviour = {
  name: 'CREATE and DROP USER, GROUP and ROLE',
  source: doc('r_CREATE_USER, r_CREATE_GROUP, r_CREATE_ROLE'),
  apply(statement) {
    const [verb, kind = ''] = statement.words;
    if ((verb !== 'create' && verb !== 'drop') || !KINDS.has(kind)) return undefined;
    return emulate(async ({ backend, server }) => {
      const name = identifierOf(statement.tokens[statement.words[2] === 'if' ? 4 : 2]);
      const done = verb === 'create' ? 'add' : 'remove';
      await backend.query(`select stand_in.${done}_identity(${literal(kind)}, ${literal(name)})`);
      if (kind === 'user') keepPassword(statement, name, server);
      return `${verb.toUpperCase()} ${kind.toUpperCase()}`;
    });
  },
};

function keepPassword({ words, tokens }: Statement, name: string, { passwords }: ServerState): void {
  const token = tokens[words.indexOf('password') + 1];
  if (token?.kind === 'string') passwords.set(name, stringOf(token));
  else passwords.delete(name);
}

export const memberships: Behaviour = {
  name: 'ALTER GROUP … ADD USER and GRANT ROLE',
  source: doc('r_ALTER_GROUP, r_GRANT'),
  apply(statement) {
    const { words, tokens } = statement;
    const isGroup = begins(statement, 'alter group') && words[3] === 'add' && words[4] === 'user';
    const isRole = begins(statement, 'grant role') && words[3] === 'to';
    if (!isGroup && !isRole) return undefined;
    return emulate(async ({ backend }) => {
      const whole = literal(identifierOf(tokens[2]));
      const members = listItems(words, isGroup ? 5 : 4, words.length);
      for (const { from } of members) {
        const member = literal(identifierOf(tokens[from]));
        await backend.query(`select stand_in.add_member('${words[1]}', ${whole}, ${member})`);
      }
      return isGroup ? 'ALTER GROUP' : 'GRANT';
    });
  },
};

const KINDS = new Set(['user', 'group', 'role']);

/** Rights are kept by the table's own number: what takes a table's place has none of its rights. PostgreSQL enforces them. */
export const grants: Behaviour = {
  name: 'GRANT and REVOKE on tables, views and schemas, to users, GROUP x, ROLE x and PUBLIC',
  source: doc('r_GRANT, r_REVOKE'),
  apply(statement) {
    const verb = statement.words[0];
    const on = statement.words.indexOf('on');
    if ((verb !== 'grant' && verb !== 'revoke') || on < 0) return undefined;
    return emulate(async ({ backend }) => {
      for (const sql of await sqlOf(statement, on, verb)) await backend.query(sql);
      return verb.toUpperCase();
    });
  },
};

/** Whose right it is: the first who has all of them is taken, the rest as they come. */
async function sqlOf(statement: Statement, on: number, verb: string): Promise<readonly string[]> {
  const { words } = statement;
  const to = words.indexOf(verb === 'grant' ? 'to' : 'from', on);
  if (to < 0) throw new Refusal(syntaxError(words.at(-1) ?? ''));
  const privileges = listItems(words, 1, on).map(({ from }) => words[from] ?? '');
  for (const privilege of privileges)
    if (!PRIVILEGES.has(privilege)) throw new Refusal(syntaxError(privilege));
  const grantees = listItems(words, to + 1, words.length).map(({ from }) => granteeAt(statement, from));
  const onSchema = words[on + 1] === 'schema';
  const first = on + (onSchema || words[on + 1] === 'table' ? 2 : 1);
  const objects = listItems(words, first, to).map(({ from }) => {
    const name = nameAt(statement, from);
    return onSchema ? literal(name.name) : literal(qualified(name));
  });
  const cast = onSchema ? '::regnamespace' : '::regclass';
  return objects.flatMap((object) =>
    grantees.flatMap((grantee) =>
      privileges.map(
        (privilege) => `select stand_in.${verb}(${object}${cast}::oid, ${grantee}, ${literal(privilege)})`,
      ),
    ),
  );
}

const PRIVILEGES = new Set(
  'select insert update delete references drop alter truncate usage create all rule trigger'.split(' '),
);

function granteeAt(statement: Statement, at: number): string {
  const word = statement.words[at] ?? '';
  if (word === 'public') return `'public', 'public'`;
  const hasKind = (word === 'group' || word === 'role') && statement.tokens[at + 1] !== undefined;
  const name = literal(identifierOf(statement.tokens[hasKind ? at + 1 : at]));
  return `${literal(hasKind ? word : 'user')}, ${name}`;
}
