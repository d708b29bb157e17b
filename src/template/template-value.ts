import type { RelationValue, TemplateValue } from './helper.ts';
import { relationMarker } from './relation-marker.ts';

/** A value as text in the output; undefined for what cannot be printed. */
export function printed(value: TemplateValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
  return isRelation(value) ? relationMarker(value.uniqueId) : undefined;
}

/** Whether the decimal text of a number is the number: finite, and no integer beyond 2^53. */
function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** Whether `#if` takes a value for true: all but false, 0, '', null, undefined and the empty list. */
export function isTruthy(value: TemplateValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

export function isRelation(value: TemplateValue): value is RelationValue {
  return isMap(value) && value['kind'] === 'relation' && typeof value['uniqueId'] === 'string';
}

/** A map of names to values, or a relation. */
export function isMap(value: TemplateValue): value is { readonly [key: string]: TemplateValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in the words of a message: `text`, `the number 3`, `a list`. */
export function describe(value: TemplateValue): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  return isRelation(value) ? 'a relation' : 'a map';
}

/** How to print what cannot be printed as it is. */
export function printingHint(value: TemplateValue): string | undefined {
  if (Array.isArray(value)) return 'Print its items: {{join list ", "}}, or {{#each list as |item|}}.';
  if (value === null || typeof value === 'boolean')
    return `As SQL it is written {{literal …}}; to choose by it use {{#if …}}.`;
  if (typeof value === 'number') return 'Numbers are exact up to 2^53; write a larger one as text.';
  return isMap(value) ? 'Print one of its properties, or loop over it with #each.' : undefined;
}
