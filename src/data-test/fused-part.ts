import type { Dialect } from '../dialect/dialect.ts';
import { allRows, rowsWhere } from './aggregated-rows.ts';
import type { Finding } from './finding.ts';
import { selectItems } from './layout.ts';

/** What a test asks of a query that several tests of one relation share. */
export interface FusedPart {
  /** An aggregate over the relation. */
  readonly measure: string;
  /** The number of failures, by the name of the measure; undefined where the measure is that number. */
  readonly failures: ((measure: string) => string) | undefined;
  /** Whether the number is that of the failures; else it is 0 only where there are none. */
  readonly isExact: boolean;
}

/**
 * A test's part of a shared query, which finds what the test's own query does. Undefined for a test that is better alone:
 * one of groups, one whose aggregate sorts (on a server no scan that serves such an aggregate is parallel), and one whose SQL
 * would not mean in a CASE what it means in a query of its own.
 */
export function fusedPart(finding: Finding, where: string, dialect: Dialect): FusedPart | undefined {
  const part = isAlone(finding) ? undefined : partOf(finding, where.trim());
  const texts = part === undefined ? [] : [where, part.measure, part.failures?.('measured') ?? ''];
  return texts.every((text) => isClosed(text, dialect)) ? part : undefined;
}

/** The query that tests of one relation share: one row, with a column `failures_1` for the first part, and so on. */
export function fusedQuery(relation: string, parts: readonly FusedPart[]): string {
  const named = parts.map((part, index) => ({ ...part, number: index + 1 }));
  const measures = named.map(
    ({ measure, failures, number }) => `${measure} as ${failures ? 'measure' : 'failures'}_${number}`,
  );
  const scan = `select\n${selectItems(measures)}\nfrom ${relation}`;
  if (named.every(({ failures }) => failures === undefined)) return scan;
  const counts = named.map(({ failures, number }) =>
    failures ? `${failures(`measure_${number}`)} as failures_${number}` : `failures_${number}`,
  );
  return `select\n${selectItems(counts)}\nfrom (\n${scan}\n) as measured`;
}

function isAlone(finding: Finding): boolean {
  return 'by' in finding && (finding.by !== undefined || finding.sorts === true);
}

function partOf(finding: Finding, where: string): FusedPart {
  const rows = where === '' ? allRows : rowsWhere(where);
  switch (finding.kind) {
    case 'rows':
      return {
        measure: countOf(rows.condition(anyOf(finding.conditions))),
        failures: undefined,
        isExact: true,
      };
    case 'values':
      return { measure: countOf(rows.condition(finding.condition)), failures: undefined, isExact: false };
    case 'groups':
      return { measure: oneIf(finding.conditions(rows)), failures: undefined, isExact: true };
    case 'aggregate':
      return {
        measure: finding.aggregate(rows),
        failures: (measure) => oneIf(finding.conditions(measure)),
        isExact: true,
      };
  }
}

/** How many rows a condition holds for, in the form that servers are fastest at (ADR 025). */
function countOf(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

function oneIf(conditions: readonly string[]): string {
  return `case when ${anyOf(conditions)} then 1 else 0 end`;
}

function anyOf(conditions: readonly string[]): string {
  return conditions.join(' or ');
}

/** Whether a text is SQL that ends where it ends: nothing in it opens or closes what stands around it, or reads a relation. */
function isClosed(text: string, dialect: Dialect): boolean {
  let depth = 0;
  for (const { kind, text: word } of dialect.tokenize(text)) {
    if (kind === 'comment' || kind === 'semicolon' || kind === 'unterminated' || kind === 'relation')
      return false;
    if (kind === 'operator' && word === '(') depth += 1;
    if (kind === 'operator' && word === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
