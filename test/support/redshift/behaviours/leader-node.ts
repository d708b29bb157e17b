import { type Behaviour, doc, refuse, type Statement } from '../behaviour.ts';

/** What the leader node computes alone; it has no rows of the user's tables. */
const FUNCTIONS = new Set(
  `
  age now generate_series unnest obj_description col_description current_setting current_schemas has_database_privilege
  has_schema_privilege has_table_privilege pg_backend_pid pg_get_viewdef pg_get_userbyid pg_table_is_visible
  format_type to_regclass
`
    .trim()
    .split(/\s+/),
);
const WORDS = new Set(['current_timestamp', 'current_time', 'localtime', 'localtimestamp']);

const MESSAGE = 'Specified types or functions (one per INFO message) not supported on Redshift tables.';

export const leaderNode: Behaviour = {
  name: 'functions of the leader node are refused beside a table of the user',
  source: doc('c_SQL_functions_leader_node_only'),
  apply(statement) {
    const { words, tokens } = statement;
    const called = words.some(
      (word, at) =>
        tokens[at]?.kind === 'word' &&
        words[at - 1] !== '.' &&
        words[at - 1] !== 'as' &&
        (words[at + 1] === '(' ? FUNCTIONS.has(word) : WORDS.has(word) && words[at + 1] !== '.'),
    );
    return called && (writesTable(words) || readsTable(statement)) ? refuse(MESSAGE) : undefined;
  },
};

function writesTable(words: readonly string[]): boolean {
  return (words[0] === 'create' && words.slice(1, 4).includes('table')) || words[0] === 'insert';
}

function readsTable({ words, tokens }: Statement): boolean {
  const common = new Set(
    words.filter((_, at) => words[at + 1] === 'as' && words[at + 2] === '(' && isCommon(words, at)),
  );
  return words.some((word, at) => {
    const before = words[at - 1];
    const kind = tokens[at]?.kind;
    if ((before !== 'from' && before !== 'join') || (kind !== 'word' && kind !== 'quoted-identifier'))
      return false;
    if (words[at + 1] === '(' || words[at - 2] === 'distinct') return false;
    return !CATALOG.test(word) && !common.has(word);
  });
}

function isCommon(words: readonly string[], at: number): boolean {
  return ['with', 'recursive', ','].includes(words[at - 1] ?? '');
}

const CATALOG = /^(?:pg_|svv_|svl_|stv_|stl_|sys_|information_schema$|select$|lateral$)/;
