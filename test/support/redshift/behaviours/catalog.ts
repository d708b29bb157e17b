import { type Behaviour, doc, rewrite } from '../behaviour.ts';
import { type Edit, edited } from '../statement.ts';

/** What the prelude has a relation of Redshift's own for, or one in PostgreSQL's place. */
const RELATIONS = new Set(
  `
  svv_columns svv_tables svv_table_info svv_roles svv_relation_privileges svv_schema_privileges pg_table_def
  pg_user pg_group pg_class pg_namespace pg_tables stl_load_errors sys_load_error_detail stv_slices
  stv_tbl_perm
`
    .trim()
    .split(/\s+/),
);

export const catalogRelations: Behaviour = {
  name: 'system tables and views',
  source: doc('cm_chap_system-tables'),
  apply(statement) {
    const { words, tokens } = statement;
    const edits: Edit[] = [];
    for (const [at, word] of words.entries()) {
      if (tokens[at]?.kind !== 'word' || !RELATIONS.has(word) || words[at + 1] === '.') continue;
      const [before = '', owner] = [words[at - 1], words[at - 2]];
      if (before === '.' && owner === 'pg_catalog')
        edits.push({ from: at - 2, to: at + 1, text: `stand_in.${word}` });
      else if (BEFORE_TABLE.has(before)) edits.push({ from: at, to: at + 1, text: `stand_in.${word}` });
    }
    return rewrite(edited(statement, edits));
  },
};

const BEFORE_TABLE = new Set(['from', 'join', ',']);
