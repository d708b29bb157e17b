import { Refusal, type Statement, syntaxError } from '../behaviour.ts';
import { closing, identifierOf, listItems, literal, quoted, textOf } from '../statement.ts';

/** How a table's rows are laid out; what is not said, Redshift chooses. */
export interface TableLayout {
  style: 'even' | 'all' | 'key' | 'auto';
  distKey: string | undefined;
  sortStyle: 'compound' | 'interleaved';
  sortKeys: readonly string[];
  backup: boolean;
  readonly encodings: Map<string, string>;
}

export function newLayout(): TableLayout {
  return {
    ...{ style: 'auto', distKey: undefined, sortStyle: 'compound', sortKeys: [], backup: true },
    encodings: new Map(),
  };
}

/** Reads the clauses between a table's columns and its query; gives the place behind them. */
export function readAttributes(statement: Statement, from: number, layout: TableLayout): number {
  const { words } = statement;
  let at = from;
  for (;;) {
    const word = words[at];
    const next = words[at + 1] ?? '';
    if (word === 'backup' && (next === 'yes' || next === 'no')) {
      layout.backup = next === 'yes';
      at += 2;
    } else if (word === 'diststyle' && STYLES.has(next)) {
      layout.style = next as TableLayout['style'];
      at += 2;
    } else if (word === 'distkey' && next === '(') {
      layout.distKey = identifierOf(statement.tokens[at + 2]);
      if (layout.style === 'auto') layout.style = 'key';
      at = expect(words, at + 3, ')');
    } else if (word === 'compound' || word === 'interleaved') {
      layout.sortStyle = word;
      if (next !== 'sortkey') throw new Refusal(syntaxError(next));
      at += 1;
    } else if (word === 'sortkey' && next === 'auto') at += 2;
    else if (word === 'sortkey' && next === '(') {
      const end = closing(words, at + 1);
      layout.sortKeys = listItems(words, at + 2, end).map((item) =>
        identifierOf(statement.tokens[item.from]),
      );
      at = end + 1;
    } else if (word === 'encode' && next === 'auto') at += 2;
    else break;
  }
  checkLayout(layout);
  return at;
}

const STYLES = new Set(['even', 'all', 'key', 'auto']);

function checkLayout({ style, distKey, sortStyle, sortKeys }: TableLayout): void {
  const problem =
    style === 'key' && distKey === undefined
      ? 'DISTKEY must be specified for DISTSTYLE KEY'
      : style !== 'key' && distKey !== undefined
        ? `cannot specify DISTKEY for a table with DISTSTYLE ${style.toUpperCase()}`
        : sortKeys.length > (sortStyle === 'interleaved' ? 8 : 400)
          ? 'too many sort key columns'
          : undefined;
  if (problem !== undefined) throw new Refusal({ code: '42P16', message: problem });
}

function expect(words: readonly string[], at: number, word: string): number {
  if (words[at] !== word) throw new Refusal(syntaxError(words[at] ?? ''));
  return at + 1;
}

/** The definitions of columns as PostgreSQL takes them; what it has not goes into the layout, or is left out. */
export function readColumns(statement: Statement, from: number, to: number, layout: TableLayout): string {
  const columns: string[] = [];
  for (const [index, item] of listItems(statement.words, from, to).entries()) {
    if (!isConstraint(statement.words, item.from)) columns.push(readColumn(statement, item, layout, index));
  }
  return columns.join(', ');
}

/** Keys are for the planner, which trusts them; they are not checked. */
function isConstraint(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word === 'constraint') return isConstraint(words, at + 2);
  if (word === 'check') throw new Refusal({ code: '0A000', message: 'CHECK constraints are not supported' });
  return word === 'primary' || word === 'unique' || word === 'foreign';
}

const ENCODINGS = new Set(
  `raw az64 bytedict delta delta32k lzo mostly8 mostly16 mostly32 runlength text255 text32k zstd auto`.split(
    ' ',
  ),
);

function readColumn(
  statement: Statement,
  { from, to }: { readonly from: number; readonly to: number },
  layout: TableLayout,
  index: number,
): string {
  const { words } = statement;
  if (words[from] === 'like') return textOf(statement, from, to);
  const name = identifierOf(statement.tokens[from]);
  let at = from + 1;
  while (at < to && !ATTRIBUTES.has(words[at] ?? ''))
    at = words[at] === '(' ? closing(words, at) + 1 : at + 1;
  const type = textOf(statement, from + 1, at);
  const parts = [quoted(name), type];
  while (at < to) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    switch (word) {
      case 'encode':
        if (!ENCODINGS.has(next))
          throw new Refusal({ code: '42601', message: `unknown encoding type "${next}"` });
        layout.encodings.set(name, next);
        at += 2;
        break;
      case 'distkey':
        Object.assign(layout, { style: 'key', distKey: name });
        at += 1;
        break;
      case 'sortkey':
        layout.sortKeys = [name];
        at += 1;
        break;
      case 'not':
        parts.push('not null');
        at += 2;
        break;
      case 'null':
        at += 1;
        break;
      case 'primary':
        parts.push('not null');
        at += 2;
        break;
      case 'unique':
        at += 1;
        break;
      case 'default': {
        let end = at + 1;
        while (end < to && (end === at + 1 || !ATTRIBUTES.has(words[end] ?? '')))
          end = words[end] === '(' ? closing(words, end) + 1 : end + 1;
        parts.push(textOf(statement, at, end));
        at = end;
        break;
      }
      case 'identity': {
        const [seed, step] = [words[at + 2], words[at + 4]];
        parts.push(`generated by default as identity (start with ${seed} increment by ${step})`);
        at = closing(words, at + 1) + 1;
        break;
      }
      case 'generated':
        parts.push(`generated by default as identity`);
        at = closing(words, words.indexOf('(', at)) + 1;
        break;
      case 'references':
        at = words[at + 2] === '(' ? closing(words, at + 2) + 1 : at + 2;
        break;
      case 'check':
        throw new Refusal({ code: '0A000', message: 'CHECK constraints are not supported' });
      default:
        throw new Refusal(syntaxError(word));
    }
  }
  parts.push(byteLimit(name, type, index));
  return parts.filter((part) => part !== '').join(' ');
}

const ATTRIBUTES = new Set(
  'encode distkey sortkey not null primary unique default identity generated references check collate'.split(
    ' ',
  ),
);

/** Lengths count bytes; PostgreSQL's count characters, so that a check says the rest. */
function byteLimit(name: string, type: string, index: number): string {
  const length = /^(?:varchar|character varying|char|character)\s*\(\s*(\d+)\s*\)$/i.exec(type)?.[1];
  if (length === undefined || Number(length) >= 65_535) return '';
  const full = /var/i.test(type) ? `character varying(${length})` : `character(${length})`;
  return `constraint "too long for ${full} ${index + 1}" check (octet_length(${quoted(name)}) <= ${length})`;
}

/** The statement that keeps a layout beside the table that it is of. */
export function layoutSql(relation: string, layout: TableLayout): string {
  const { style, distKey, sortStyle, sortKeys, backup, encodings } = layout;
  const list = (texts: readonly string[]) => `array[${texts.map(literal).join(', ')}]::text[]`;
  const values = [
    `${literal(relation)}::regclass`,
    ...[literal(style), literal(distKey ?? null), literal(sortStyle), list(sortKeys), literal(backup)],
    `${literal(JSON.stringify(Object.fromEntries(encodings)))}::jsonb`,
  ];
  return `select stand_in.keep_layout(${values.join(', ')})`;
}
