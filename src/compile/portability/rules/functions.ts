import { calledName, namesOf } from '../called-name.ts';
import { DOCUMENTED_FUNCTIONS } from '../documented-functions.ts';
import type { NodeOf } from '../pg-tree.ts';
import type { PortabilityRule } from '../rule.ts';
import { returnsRows } from '../set-returning.ts';

type Call = NodeOf<'FuncCall'>;

/** Functions that only the leader node has, and what to write instead. */
const LEADER_ONLY: Readonly<Record<string, string>> = {
  now: 'Write {{date (var "as_of_date")}}, or getdate().',
  age: 'Write {{datediff …}}.',
  isfinite: 'Compare with a date that is far away.',
  current_schema: 'Write {{literal (target "schema")}}.',
  current_schemas: 'Write {{literal (target "schema")}}.',
  has_database_privilege: 'Ask outside the model.',
  has_schema_privilege: 'Ask outside the model.',
  has_table_privilege: 'Ask outside the model.',
  factorial: 'Keep a table of the values.',
  get_bit: 'Compare bits with &.',
  get_byte: 'Take the code of a character: ascii(substring(x, 1, 1)).',
  set_bit: 'Set bits with | and &.',
  set_byte: 'Write it with substring() and chr().',
  to_ascii: 'Write it with translate().',
};
const LEADER_ONLY_VALUES: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
};

/** `now()`, `current_timestamp`, `age(…)` in a query on tables. */
export const leaderOnly: PortabilityRule = {
  code: 'PRT-201',
  severity: 'error',
  what: 'Functions of the leader node',
  why: 'They run on the leader node alone, and fail in a query that reads a table.',
  page: 'c_SQL_functions_leader_node_only',
  nodes: {
    FuncCall: ({ funcname, location }, { report, statement }) => {
      const name = calledName(funcname);
      const hint = LEADER_ONLY[name];
      if (hint === undefined || !statement.readsTables()) return;
      report(location, {
        message: `Redshift runs ${name}() on the leader node alone, without tables.`,
        hint,
      });
    },
    SQLValueFunction: ({ op, location }, { report, statement }) => {
      const name = LEADER_ONLY_VALUES[op ?? ''];
      if (name === undefined || !statement.readsTables()) return;
      report(location, {
        message: `Redshift runs ${name} on the leader node alone, without tables.`,
        hint: 'Write {{date (var "as_of_date")}}, or getdate().',
      });
    },
  },
};

const INSTEAD: Readonly<Record<string, string>> = {
  string_agg: 'Write {{listagg …}}.',
  array_agg: 'Write {{listagg …}}.',
  group_concat: 'Write {{listagg …}}.',
  every: 'Write {{bool_and …}}.',
  count_if: 'Write {{count_if …}}.',
  countif: 'Write {{count_if …}}.',
  arg_max: 'Choose the row with row_number() and qualify.',
  arg_min: 'Choose the row with row_number() and qualify.',
  date_diff: 'Write {{datediff …}}.',
  date_add: 'Write {{dateadd …}}.',
  date_sub: 'Write {{dateadd …}}.',
  strftime: 'Write {{to_char …}}.',
  strptime: "Write to_timestamp(…, 'YYYY-MM-DD').",
  make_date: 'Write {{cast_to …}} of a text.',
  to_json: 'Write json_serialize(…).',
  regexp_matches: 'Write {{regexp_like …}}, which does so on every engine, or regexp_substr(…).',
  regexp_extract: 'Write regexp_substr(…).',
  regexp_match: 'Write regexp_substr(…).',
  starts_with: "Write left(x, n) = '…'.",
  contains: "Write strpos(x, '…') > 0.",
  ifnull: 'Write coalesce(a, b).',
  if: 'Write case when … then … else … end.',
  iif: 'Write case when … then … else … end.',
  format: 'Write a || b.',
  concat_ws: 'Write a || … || b, with coalesce() where a part may be NULL.',
  gen_random_uuid: 'Make a key of columns: {{surrogate_key …}}.',
  uuid: 'Make a key of columns: {{surrogate_key …}}.',
  clock_timestamp: 'Write getdate().',
  statement_timestamp: 'Write getdate().',
  transaction_timestamp: 'Write sysdate.',
  approx_count_distinct: 'Write approximate count(distinct x).',
  quantile_cont: 'Write {{percentile …}}.',
  mode: 'Count in a grouped query and choose the greatest.',
  corr: 'Write it with avg() and stddev_pop().',
  div: 'Write trunc(a / b).',
  width_bucket: 'Write floor((x - low) * n / (high - low)).',
  bit_length: 'Write 8 * octet_length(x).',
  overlay: 'Write it with left(), substring() and ||.',
  normalize: 'Do it before loading.',
  jsonb_extract_path_text: 'Write json_extract_path_text(…).',
  epoch: 'Write extract(epoch from x).',
  year: 'Write extract(year from x).',
  month: 'Write extract(month from x).',
  day: 'Write extract(day from x).',
};

const MISSING_VALUES: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_CATALOG: 'current_catalog',
  SVFOP_CURRENT_ROLE: 'current_role',
};

/** What syntax such as `extract(… from …)` or `at time zone` calls. */
const CALLED_BY_SYNTAX = new Set([
  ...['extract', 'position', 'substring', 'btrim', 'ltrim', 'rtrim', 'timezone', 'like_escape'],
  ...['similar_to_escape', 'overlaps'],
]);

/** `string_agg(…)`, `my_udf(…)`: neither documented by Redshift nor declared by the project. */
export const unknownFunction: PortabilityRule = {
  code: 'PRT-202',
  severity: 'error',
  what: 'Functions that Redshift does not document',
  why: 'A function must be one that Redshift documents, or stand in deterministic_functions of project.yml, as functions of your own do.',
  page: 'c_SQL_functions',
  nodes: {
    FuncCall: ({ funcname, location }, { above, report, statement }) => {
      const name = calledName(funcname);
      if (returnsRows(name, above)) return;
      if (namesOf(funcname)[0] === 'pg_catalog' && CALLED_BY_SYNTAX.has(name)) return;
      if (DOCUMENTED_FUNCTIONS.has(name) || LEADER_ONLY[name] !== undefined || name === 'isnull') return;
      const { declaredFunctions } = statement;
      if (declaredFunctions.has(name) || declaredFunctions.has(namesOf(funcname).join('.'))) return;
      report(location, {
        message: `Redshift documents no function ${name}().`,
        hint:
          INSTEAD[name] ??
          'Use a portable macro; or declare a function of your own under deterministic_functions in project.yml.',
      });
    },
    SQLValueFunction: ({ op, location }, { report }) => {
      const name = MISSING_VALUES[op ?? ''];
      if (name !== undefined) report(location, { message: `Redshift has no ${name}.` });
    },
  },
};

/** `isnull(a, b)`. */
export const isNullCall: PortabilityRule = {
  code: 'PRT-203',
  severity: 'error',
  what: 'ISNULL(a, b)',
  why: 'ISNULL is a reserved word for a condition; it is no function.',
  page: 'r_NVL_function',
  nodes: {
    FuncCall: ({ funcname, location }, { report }) => {
      if (calledName(funcname) !== 'isnull') return;
      report(location, { message: 'Redshift has no function isnull().', hint: 'Write coalesce(a, b).' });
    },
  },
};

/** `concat(a, b, c)`. */
export const concatArguments: PortabilityRule = {
  code: 'PRT-204',
  severity: 'error',
  what: 'CONCAT of other than two',
  why: 'CONCAT takes exactly two arguments.',
  page: 'r_CONCAT',
  nodes: {
    FuncCall: (call, { report }) => {
      if (calledName(call.funcname) !== 'concat' || argumentCount(call) === 2) return;
      report(call.location, {
        message: `Redshift's concat() takes two arguments, not ${argumentCount(call)}.`,
        hint: 'Write {{concat_null_safe …}}, or a || b || c, which is NULL where a part is.',
      });
    },
  },
};

/** `concat(a, b)`. */
export const concatOfNull: PortabilityRule = {
  code: 'PRT-205',
  severity: 'warning',
  what: 'CONCAT with NULL',
  why: 'CONCAT of NULL is NULL; DuckDB and PostgreSQL pass over NULLs.',
  page: 'r_CONCAT',
  nodes: {
    FuncCall: (call, { report }) => {
      if (calledName(call.funcname) !== 'concat' || argumentCount(call) !== 2) return;
      report(call.location, {
        message: "Redshift's concat() is NULL where an argument is NULL.",
        hint: 'Write {{concat_null_safe …}}, or a || b, which is NULL everywhere.',
      });
    },
  },
};

/** `regexp_replace(a, 'x', 'y')`. */
export const regexpReplace: PortabilityRule = {
  code: 'PRT-206',
  severity: 'warning',
  what: 'REGEXP_REPLACE',
  why: 'Every occurrence is replaced; DuckDB and PostgreSQL replace the first one. A fourth argument is a position, not flags.',
  page: 'REGEXP_REPLACE',
  nodes: {
    FuncCall: ({ funcname, location }, { report }) => {
      if (calledName(funcname) !== 'regexp_replace') return;
      report(location, {
        message: 'Redshift replaces every occurrence.',
        hint: 'Write {{regexp_replace …}}, which does so on every engine.',
      });
    },
  },
};

function argumentCount({ args = [] }: Call): number {
  return args.length;
}
