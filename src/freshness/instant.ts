import { badAsOfDate } from '../diagnostic/catalogue/freshness.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { YamlValue } from '../project/project.ts';

const DAY_MS = 86_400_000;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|([+-]\d\d)(?::?(\d\d))?)?)?$/;

/** The instant of an ISO date or timestamp as engines write them; a date is its first moment, no zone is UTC. */
export function parseInstant(text: string): Date | undefined {
  const [, day, time = '00:00', hours, minutes = '00'] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const instant = new Date(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/**
 * The instant that a project's `as_of_date` means: the end of that day, or the very instant if it has a time of day. Undefined
 * where the project sets none. Throws a DiagnosticError where it is no date.
 */
export function asOfInstant(value: YamlValue | undefined): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).trim();
  const instant = parseInstant(text);
  if (instant === undefined) throw new DiagnosticError([badAsOfDate({ value: JSON.stringify(value) })]);
  return text.includes(':') ? instant : new Date(instant.getTime() + DAY_MS);
}
