import { type Behaviour, doc, refuse, rewrite, type Statement } from '../behaviour.ts';
import { closing, type Edit, edited } from '../statement.ts';

const TEXT = new Set(['varchar', 'nvarchar']);
const EXACT = new Set(['numeric', 'decimal', 'dec']);

/** Types as Redshift reads them, in definitions and casts. */
export const typeNames: Behaviour = {
  name: 'VARCHAR and TEXT alone are VARCHAR(256), VARCHAR(MAX) is VARCHAR(65535), NUMERIC alone is NUMERIC(18, 0)',
  source: doc('r_Character_types, r_Numeric_types201'),
  apply(statement) {
    const { words, tokens } = statement;
    const edits: Edit[] = [];
    for (let at = 1; at < words.length; at++) {
      const [before = '', word = '', next = ''] = [words[at - 1], words[at], words[at + 1]];
      if (tokens[at]?.kind !== 'word' || before === '.' || next === '.') continue;
      const inPlace = isTypePlace(statement, at);
      if (inPlace && TEXT.has(word)) {
        if (next === '(' && words[at + 2] === 'max')
          edits.push({ from: at, to: at + 4, text: 'varchar(65535)' });
        else edits.push({ from: at, to: at + 1, text: next === '(' ? 'varchar' : 'varchar(256)' });
      } else if (inPlace && word === 'varying' && before === 'character' && next !== '(') {
        edits.push({ from: at, to: at + 1, text: 'varying(256)' });
      } else if (inPlace && word === 'text') edits.push({ from: at, to: at + 1, text: 'varchar(256)' });
      else if (inPlace && word === 'bpchar') edits.push({ from: at, to: at + 1, text: 'char(256)' });
      else if (inPlace && EXACT.has(word) && next !== '(')
        edits.push({ from: at, to: at + 1, text: 'numeric(18, 0)' });
      else if (inPlace && word === 'super') edits.push({ from: at, to: at + 1, text: 'jsonb' });
    }
    return rewrite(edited(statement, edits));
  },
};

/** Behind `::`, or AS in a cast, or a column's name in a definition. */
function isTypePlace({ words, tokens }: Statement, at: number): boolean {
  const before = words[at - 1] ?? '';
  if (before === '::') return true;
  if (before === 'as') return endsCast(words, at);
  if (before === 'character') return true;
  if (!isDefinition(words)) return false;
  const kind = tokens[at - 1]?.kind;
  if (kind !== 'word' && kind !== 'quoted-identifier') return false;
  const beforeName = words[at - 2] ?? '';
  return (
    beforeName === '(' ||
    beforeName === ',' ||
    beforeName === 'column' ||
    beforeName === 'type' ||
    before === 'type'
  );
}

function isDefinition(words: readonly string[]): boolean {
  return (words[0] === 'create' || words[0] === 'alter') && words.slice(1, 5).includes('table');
}

function endsCast(words: readonly string[], at: number): boolean {
  const behind = words[at + 1] === '(' ? closing(words, at + 1) + 1 : at + 1;
  return words[behind] === ')' || words[at + 1] === 'varying';
}

const UNKNOWN = new Set([
  'uuid',
  'jsonb',
  'json',
  'xml',
  'hstore',
  'citext',
  'int4range',
  'tstzrange',
  'inet',
  'cidr',
]);
const UNSUPPORTED = new Set([
  'bytea',
  'money',
  'bit',
  'point',
  'box',
  'serial',
  'bigserial',
  'smallserial',
  'name',
]);

export const unknownTypes: Behaviour = {
  name: 'types that PostgreSQL has and Redshift has not',
  source: doc('c_unsupported-postgresql-datatypes'),
  apply(statement) {
    for (const [at, word] of statement.words.entries()) {
      if (statement.tokens[at]?.kind !== 'word' || !isTypePlace(statement, at)) continue;
      if (UNKNOWN.has(word)) return refuse(`type "${word}" does not exist`, '42704');
      if (UNSUPPORTED.has(word))
        return refuse(`Column "${statement.words[at - 1]}" has unsupported type "${word}".`);
      const isArray = statement.words[typeEnd(statement.words, at)] === '[';
      if (isArray) return refuse(`Column "${statement.words[at - 1]}" has unsupported type "${word}[]".`);
    }
    return undefined;
  },
};

function typeEnd(words: readonly string[], at: number): number {
  return words[at + 1] === '(' ? closing(words, at + 1) + 1 : at + 1;
}
