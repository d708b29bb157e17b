import type { PortabilityRule } from '../rule.ts';

const HINT = 'Keep a list in a SUPER column: array(1, 2), json_parse(…); or write in (…).';

/** `array[1, 2]`, `array(select …)`, `x = any(list)`, `integer[]`, `list[1:2]`. */
export const arrays: PortabilityRule = {
  code: 'PRT-130',
  severity: 'error',
  what: 'Arrays',
  why: 'There are no array types, constructors and slices; lists are SUPER values.',
  page: 'c_unsupported-postgresql-datatypes',
  nodes: {
    A_ArrayExpr: ({ location }, { report }) =>
      report(location, { message: 'Redshift has no ARRAY[…].', hint: HINT }),
    SubLink: ({ subLinkType, location }, { report }) => {
      if (subLinkType !== 'ARRAY_SUBLINK') return;
      report(location, {
        message: 'Redshift has no ARRAY(select …).',
        hint: 'Write listagg(…) within group (order by …).',
      });
    },
    A_Expr: ({ kind, location }, { report }) => {
      if (kind !== 'AEXPR_OP_ANY' && kind !== 'AEXPR_OP_ALL') return;
      report(location, { message: 'Redshift compares with no list in ANY (…) or ALL (…).', hint: HINT });
    },
    TypeName: ({ arrayBounds = [], location }, { report }) => {
      if (arrayBounds.length > 0) report(location, { message: 'Redshift has no array types.', hint: HINT });
    },
    A_Indirection: ({ arg, indirection = [] }, { report }) => {
      const slice = indirection.find((part) => 'A_Indices' in part && part.A_Indices.is_slice === true);
      if (slice === undefined) return;
      const [inner] = Object.values(arg ?? {}) as { readonly location?: number }[];
      report(inner?.location, {
        message: 'Redshift has no slices of lists.',
        hint: 'Write subarray(list, 0, 2).',
      });
    },
  },
};
