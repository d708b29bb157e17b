/** A threshold is a comparison with a test's failure count, as `warn_if` and `error_if` hold it. */
export type Threshold =
  | { readonly kind: 'comparison'; readonly operator: ComparisonOperator; readonly bound: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number; readonly negated: boolean };

type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const COMPARISON = /^\s*(==|!=|<>|<=|>=|=|<|>)\s*(\d+)\s*$/;
const BETWEEN = /^\s*(not\s+)?between\s+(\d+)\s+and\s+(\d+)\s*$/i;

/** Reads `> 10`, `!= 0`, `<> 0`, `between 1 and 9`, `not between 1 and 9`; undefined for anything else. */
export function parseThreshold(text: string): Threshold | undefined {
  const comparison = COMPARISON.exec(text);
  const operator = OPERATORS[comparison?.[1] ?? ''];
  if (operator !== undefined) return { kind: 'comparison', operator, bound: Number(comparison?.[2]) };
  const between = BETWEEN.exec(text);
  if (between === null) return undefined;
  return {
    kind: 'between',
    low: Number(between[2]),
    high: Number(between[3]),
    negated: between[1] !== undefined,
  };
}

/** Whether a failure count is past the threshold. */
export function exceeds(threshold: Threshold, failures: number): boolean {
  switch (threshold.kind) {
    case 'between':
      return (failures >= threshold.low && failures <= threshold.high) !== threshold.negated;
    case 'comparison':
      return compare(failures, threshold.operator, threshold.bound);
  }
}

function compare(count: number, operator: ComparisonOperator, bound: number): boolean {
  switch (operator) {
    case '=':
      return count === bound;
    case '!=':
      return count !== bound;
    case '<':
      return count < bound;
    case '<=':
      return count <= bound;
    case '>':
      return count > bound;
    case '>=':
      return count >= bound;
  }
}
