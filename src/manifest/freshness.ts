import type { Span } from '../diagnostic/span.ts';

/** Freshness says how old the newest rows of a source may be. */
export interface Freshness {
  readonly warnAfter: FreshnessPeriod | undefined;
  readonly errorAfter: FreshnessPeriod | undefined;
  /** SQL predicate: only rows for which it holds are looked at; may hold template tags. */
  readonly filter: WrittenSql | undefined;
  readonly loadedAt: LoadedAt;
}

export interface FreshnessPeriod {
  readonly count: number;
  readonly period: 'minute' | 'hour' | 'day';
}

/** How one learns when the newest rows were loaded: from a column, from a query, or from our own record of loads. */
export type LoadedAt =
  | ({ readonly kind: 'field' | 'query' } & WrittenSql)
  | { readonly kind: 'load'; readonly table: string };

/** SQL in a YAML file, and where it stands. */
export interface WrittenSql {
  readonly text: string;
  readonly span: Span;
}
