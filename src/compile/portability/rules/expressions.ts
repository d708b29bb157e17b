import { namesOf } from '../called-name.ts';
import type { PortabilityRule } from '../rule.ts';

/** `a is distinct from b`. */
export const distinctFrom: PortabilityRule = {
  code: 'PRT-150',
  severity: 'error',
  what: 'IS DISTINCT FROM',
  why: 'Values with NULL cannot be compared by it.',
  page: 'c_unsupported-postgresql-functions',
  nodes: {
    A_Expr: ({ kind, location }, { report }) => {
      if (kind !== 'AEXPR_DISTINCT' && kind !== 'AEXPR_NOT_DISTINCT') return;
      report(location, {
        message: 'Redshift has no IS DISTINCT FROM.',
        hint: 'Write a <> b or (a is null) <> (b is null); for equality, a = b or (a is null and b is null).',
      });
    },
  },
};

/** Operators that Redshift documents; LIKE and its kin have names of their own in the tree. */
const OPERATORS = new Set([
  ...['+', '-', '*', '/', '%', '^', '|/', '||/', '@', '&', '|', '#', '~', '<<', '>>', '||'],
  ...['=', '<>', '!=', '<', '<=', '>', '>=', '~~', '!~~', '~~*', '!~~*', '!~', '~*', '!~*'],
]);

/** `a -> 'b'`, `a @> b`, `a ** b`. */
export const operators: PortabilityRule = {
  code: 'PRT-151',
  severity: 'error',
  what: 'Operators',
  why: 'Operators on JSON, arrays, ranges and text search do not exist.',
  page: 'r_OPERATOR_SYMBOLS',
  nodes: {
    A_Expr: ({ name, location }, { report }) => {
      const operator = namesOf(name).at(-1) ?? '';
      if (!/^[-+*/<>=~!@#%^&|?]+$/.test(operator) || OPERATORS.has(operator)) return;
      report(location, {
        message: `Redshift has no operator ${operator}.`,
        hint: operator.startsWith('->')
          ? "Write json_extract_path_text(a, 'b'), or a.b of a SUPER value."
          : 'Write it with a function that Redshift has.',
      });
    },
  },
};

/** `between symmetric`, `x collate "C"`, `row(1, 2)`, `f(a => 1)`, `json_object(…)`, `xmlelement(…)`. */
export const otherExpressions: PortabilityRule = {
  code: 'PRT-152',
  severity: 'error',
  what: "PostgreSQL's own expressions",
  why: 'Collations after an expression, row constructors, named arguments, BETWEEN SYMMETRIC, and the JSON and XML syntax of the SQL standard do not exist.',
  page: 'c_unsupported-postgresql-features',
  nodes: {
    A_Expr: ({ kind, location }, { report }) => {
      if (kind !== 'AEXPR_BETWEEN_SYM' && kind !== 'AEXPR_NOT_BETWEEN_SYM') return;
      report(location, {
        message: 'Redshift has no BETWEEN SYMMETRIC.',
        hint: 'Order the ends with least() and greatest().',
      });
    },
    CollateClause: ({ location }, { report }) =>
      report(location, {
        message: 'Redshift has no COLLATE after an expression.',
        hint: "Write collate(text, 'case_insensitive'), or give the macro a body for each engine.",
      }),
    RowExpr: ({ row_format, location }, { report }) => {
      if (row_format !== 'COERCE_EXPLICIT_CALL') return;
      report(location, { message: 'Redshift has no row constructor.', hint: 'Compare column by column.' });
    },
    NamedArgExpr: ({ location }, { report }) =>
      report(location, { message: 'Redshift has no named arguments.', hint: 'Give arguments by place.' }),
    JsonObjectConstructor: ({ location }, { report }) => report(location, JSON_SYNTAX),
    JsonArrayConstructor: ({ location }, { report }) => report(location, JSON_SYNTAX),
    JsonFuncExpr: ({ location }, { report }) => report(location, JSON_SYNTAX),
    JsonIsPredicate: ({ location }, { report }) => report(location, JSON_SYNTAX),
    XmlExpr: ({ location }, { report }) =>
      report(location, { message: 'Redshift has no XML.', hint: 'Keep it as text, and read it elsewhere.' }),
  },
};

const JSON_SYNTAX = {
  message: 'Redshift has no JSON expressions of the SQL standard.',
  hint: 'Write object(…), array(…), json_extract_path_text(…), is_valid_json(…).',
};

const TYPES = new Set([
  ...[
    'int2',
    'int4',
    'int8',
    'smallint',
    'integer',
    'bigint',
    'int',
    'numeric',
    'decimal',
    'float',
    'float4',
  ],
  ...[
    'float8',
    'real',
    'bool',
    'boolean',
    'char',
    'bpchar',
    'character',
    'nchar',
    'varchar',
    'nvarchar',
    'text',
  ],
  ...['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'super', 'varbyte', 'varbinary'],
  ...['geometry', 'geography', 'hllsketch', 'datetime', 'regclass'],
]);
const INSTEAD_OF_TYPE: Readonly<Record<string, string>> = {
  uuid: 'Write varchar(36).',
  json: 'Write super, and json_parse(…) for text.',
  jsonb: 'Write super, and json_parse(…) for text.',
  bytea: 'Write varbyte.',
  blob: 'Write varbyte.',
  string: 'Write varchar.',
  double: 'Write double precision, or {{cast_to "x" "double"}}.',
  money: 'Write numeric(18, 2).',
  hugeint: 'Write numeric(38, 0).',
};

/** `x::uuid`, `cast(x as jsonb)`. */
export const types: PortabilityRule = {
  code: 'PRT-153',
  severity: 'error',
  what: 'Types',
  why: 'UUID, JSON, JSONB, BYTEA, SERIAL, MONEY, network, range, enumerated and DuckDB’s own types do not exist.',
  page: 'c_Supported_data_types',
  nodes: {
    TypeName: ({ names, location }, { report }) => {
      const name = namesOf(names).at(-1) ?? '';
      if (TYPES.has(name)) return;
      const hint = INSTEAD_OF_TYPE[name] ?? 'Use {{cast_to …}} with a portable type.';
      report(location, { message: `Redshift has no type ${name}.`, hint });
    },
  },
};
