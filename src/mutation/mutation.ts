/** What a mutation changes. */
export type MutationKind = 'join' | 'bound' | 'comparison' | 'distinct' | 'filter' | 'sign';

/** A mutation replaces one piece of a model's compiled SQL, by offsets. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The SQL with a mutation in it: a mutant. */
export function mutated(sql: string, { start, end, replacement }: Mutation): string {
  return sql.slice(0, start) + replacement + sql.slice(end);
}

/** What a mutation does, for people: `left join → inner join`. White space is one blank, long text is cut. */
export function mutationText(sql: string, { start, end, replacement }: Mutation): string {
  return `${oneLine(sql.slice(start, end))} → ${oneLine(replacement) || '(nothing)'}`;
}

const LONGEST = 60;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
