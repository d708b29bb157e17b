import { Refusal, type Statement, syntaxError } from '../behaviour.ts';
import { closing, identifierOf, listItems, type Name, nameAt, stringOf } from '../statement.ts';

/** What a COPY says. */
export interface CopyStatement {
  readonly into: Name;
  /** Undefined: all of the table's. */
  readonly columns: readonly string[] | undefined;
  readonly url: string;
  readonly options: CopyOptions;
}

export interface CopyOptions {
  iamRole: string | undefined;
  region: string | undefined;
  isCsv: boolean;
  gzip: boolean;
  manifest: boolean;
  delimiter: string;
  quote: string;
  nullText: string;
  ignoreHeader: number;
  dateFormat: string;
  timeFormat: string;
  maxError: number;
  /** Stands for each byte that is no UTF-8; undefined: such a text is an error. */
  acceptInvalid: string | undefined;
  /** Options that are words alone. */
  readonly flags: Set<string>;
}

/** Reads a COPY from S3; any word that is not COPY's is a syntax error. */
export function readCopy(statement: Statement): CopyStatement {
  const { words, tokens } = statement;
  const into = nameAt(statement, 1);
  const hasColumns = words[into.next] === '(';
  const from = hasColumns ? closing(words, into.next) + 1 : into.next;
  if (words[from] !== 'from') throw new Refusal(syntaxError(words[from] ?? ''));
  const columns = hasColumns
    ? listItems(words, into.next + 1, from - 1).map((item) => identifierOf(tokens[item.from]))
    : undefined;
  if (tokens[from + 1]?.kind !== 'string') throw new Refusal(syntaxError(words[from + 1] ?? ''));
  const options = readOptions(statement, from + 2);
  if (options.iamRole === undefined)
    throw new Refusal({ code: 'XX000', message: 'CREDENTIALS argument is required but not specified.' });
  if (!options.isCsv) throw new Refusal({ code: '0A000', message: 'the stand-in copies CSV only' });
  return { into, columns, url: stringOf(tokens[from + 1]), options };
}

function readOptions(statement: Statement, from: number): CopyOptions {
  const options: CopyOptions = {
    ...{ iamRole: undefined, region: undefined, isCsv: false, gzip: false, manifest: false },
    ...{ delimiter: ',', quote: '"', nullText: '\\N', ignoreHeader: 0, maxError: 0 },
    ...{ dateFormat: 'YYYY-MM-DD', timeFormat: 'YYYY-MM-DD HH:MI:SS', acceptInvalid: undefined },
    flags: new Set(),
  };
  const { words } = statement;
  for (let at = from; at < words.length; ) {
    const word = words[at] ?? '';
    const value = words[at + 1] === 'as' ? at + 2 : at + 1;
    const read = VALUES[word];
    if (read !== undefined) at = read(options, statement, value);
    else if (FLAGS.has(word)) {
      options.flags.add(word);
      at += 1;
    } else throw new Refusal(syntaxError(word));
  }
  return options;
}

type ReadOption = (options: CopyOptions, statement: Statement, value: number) => number;

const VALUES: Readonly<Record<string, ReadOption | undefined>> = {
  iam_role: (options, { words, tokens }, at) => {
    options.iamRole = words[at] === 'default' ? 'default' : textAt(tokens, at);
    return at + 1;
  },
  region: text((options, value) => {
    options.region = value;
  }),
  format: (options, { words }, at) => {
    if (words[at] !== 'csv') throw new Refusal({ code: '0A000', message: 'the stand-in copies CSV only' });
    options.isCsv = true;
    return at + 1;
  },
  csv: (options, { words, tokens }, at) => {
    options.isCsv = true;
    if (words[at] !== 'quote') return words[at - 1] === 'as' ? at - 1 : at;
    const value = words[at + 1] === 'as' ? at + 2 : at + 1;
    options.quote = textAt(tokens, value);
    return value + 1;
  },
  delimiter: text((options, value) => {
    options.delimiter = value;
  }),
  null: text((options, value) => {
    options.nullText = value;
  }),
  dateformat: text((options, value) => {
    options.dateFormat = value;
  }),
  timeformat: text((options, value) => {
    options.timeFormat = value;
  }),
  ignoreheader: count((options, value) => {
    options.ignoreHeader = value;
  }),
  maxerror: count((options, value) => {
    if (value > 100_000) throw new Refusal({ code: '22023', message: 'MAXERROR is at most 100000' });
    options.maxError = value;
  }),
  gzip: (options, _, at) => {
    options.gzip = true;
    return at;
  },
  manifest: (options, _, at) => {
    options.manifest = true;
    return at;
  },
  acceptinvchars: (options, { tokens }, at) => {
    const given = tokens[at]?.kind === 'string';
    options.acceptInvalid = given ? stringOf(tokens[at]) : '?';
    return given ? at + 1 : at;
  },
  compupdate: state,
  statupdate: state,
  comprows: count(() => undefined),
  encoding: (_, { words }, at) => {
    if (words[at] !== 'utf8') throw new Refusal({ code: '0A000', message: 'the stand-in copies UTF-8 only' });
    return at + 1;
  },
};

/** Those that change what is loaded are looked at where cells are read. */
const FLAGS = new Set(
  `acceptanydate blanksasnull emptyasnull explicit_ids fillrecord ignoreblanklines ignoreallerrors noload roundec
   trimblanks truncatecolumns`
    .trim()
    .split(/\s+/),
);

/** `on`, `off`, `true`, `false`, `preset`, or nothing. */
function state(_: CopyOptions, { words }: Statement, at: number): number {
  return ['on', 'off', 'true', 'false', 'preset'].includes(words[at] ?? '') ? at + 1 : at;
}

function text(keep: (options: CopyOptions, value: string) => void): ReadOption {
  return (options, { tokens }, at) => {
    keep(options, textAt(tokens, at));
    return at + 1;
  };
}

function count(keep: (options: CopyOptions, value: number) => void): ReadOption {
  return (options, { words }, at) => {
    const value = words[at] ?? '';
    if (!/^\d+$/.test(value)) throw new Refusal(syntaxError(value));
    keep(options, Number(value));
    return at + 1;
  };
}

function textAt(tokens: Statement['tokens'], at: number): string {
  const token = tokens[at];
  if (token?.kind !== 'string') throw new Refusal(syntaxError(token?.text ?? ''));
  return stringOf(token);
}
