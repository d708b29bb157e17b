import { calledName, namesOf } from '../called-name.ts';
import { isKnownAs } from '../known-type.ts';
import type { PortabilityRule } from '../rule.ts';

const TEXT_TYPES = new Set(['varchar', 'text', 'char', 'bpchar', 'nvarchar', 'nchar']);

/** `cast(a > b as varchar)`, and `is_trial::varchar` where the column is declared as boolean. */
export const booleanAsText: PortabilityRule = {
  code: 'PRT-154',
  severity: 'error',
  what: 'Boolean cast to text',
  why: 'BOOLEAN cannot be cast to VARCHAR.',
  page: 'r_CAST_function',
  nodes: {
    TypeCast: ({ arg, typeName, location }, { block, report, statement }) => {
      const name = namesOf(typeName?.names).at(-1) ?? '';
      if (!TEXT_TYPES.has(name) || arg === undefined) return;
      if (!isKnownAs('boolean', arg, block, statement.declaredTypes)) return;
      if (statement.tokenAt(location)?.kind === 'string') return;
      report(location, {
        message: 'Redshift cannot cast a boolean to text.',
        hint: 'Write {{bool_text "…"}} in place of the boolean, also among the arguments of a macro: {{surrogate_key "id" (bool_text "…")}}.',
      });
    },
  },
};

/** `sum(a > b)`, and `max(is_trial)` where the column is declared as boolean. */
export const booleanAggregates: PortabilityRule = {
  code: 'PRT-155',
  severity: 'error',
  what: 'Aggregates of booleans',
  why: 'SUM, AVG, MIN and MAX take no BOOLEAN.',
  page: 'r_SUM',
  nodes: {
    FuncCall: ({ funcname, args = [], location }, { block, report, statement }) => {
      const [argument] = args;
      const name = calledName(funcname);
      if (!AGGREGATES.has(name) || argument === undefined) return;
      if (!isKnownAs('boolean', argument, block, statement.declaredTypes)) return;
      report(location, {
        message: `Redshift's ${name}() takes no boolean.`,
        hint: 'Write {{count_if …}}, {{bool_or …}} for max or {{bool_and …}} for min.',
      });
    },
  },
};

const AGGREGATES = new Set(['sum', 'avg', 'min', 'max']);
