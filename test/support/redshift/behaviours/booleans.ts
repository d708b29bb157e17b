import { type Behaviour, issue } from '../behaviour.ts';

/** Done by `prelude/boolean-casts.ts`, in the database itself: only there is known what is a boolean. */
export const noBooleanTexts: Behaviour = {
  name: 'BOOLEAN is not cast to VARCHAR; the stand-in notices it at the first row',
  source: issue('dbt-labs/dbt-utils#1016, dbt-labs/dbt-core#1669, elementary-data/elementary#1540'),
  apply: () => undefined,
};
