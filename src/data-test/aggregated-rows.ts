/** The rows that an aggregate is over, as they stand in its call. */
export interface AggregatedRows {
  /** How many there are. */
  readonly count: string;
  /** An expression over them, for an aggregate that passes over NULLs. */
  readonly value: (expression: string) => string;
  /** A condition that holds for some of them. */
  readonly condition: (condition: string) => string;
}

/** All rows of a query. */
export const allRows: AggregatedRows = {
  count: 'count(*)',
  value: (expression) => expression,
  condition: (condition) => condition,
};

/** The rows of a query for which a condition holds: others are NULL to the aggregate. */
export function rowsWhere(where: string): AggregatedRows {
  return {
    count: `count(case when ${where} then 1 end)`,
    value: (expression) => `case when ${where} then ${expression} end`,
    condition: (condition) => `(${where}) and (${condition})`,
  };
}
