import type { ContextHelper } from '../context.ts';
import { HelperError, type TemplateValue } from '../helper.ts';

/** The helpers that write values as SQL. */
export const literalHelpers: readonly ContextHelper[] = [
  {
    name: 'literal',
    doc: 'A value as an SQL literal, quoted for the engine; a list as a list of literals. `where plan in ({{join (literal (list "pro" "team"))}})`',
    parameters: [{ name: 'value', type: 'any' }],
    run: ({ positional: [value] }, { dialect }) => literalOf(value, (scalar) => dialect.literal(scalar)),
  },
  {
    name: 'date',
    doc: 'A date as an SQL literal. `where day <= {{date (var "as_of_date")}}`',
    parameters: [{ name: 'iso', type: 'string' }],
    run: ({ positional: [iso] }, { dialect }) => `date ${dialect.literal(checkedDate(String(iso)))}`,
  },
  {
    name: 'timestamp',
    doc: 'A timestamp as an SQL literal. `where event_ts < {{timestamp "2025-12-31 12:00:00"}}`',
    parameters: [{ name: 'iso', type: 'string' }],
    run: ({ positional: [iso] }, { dialect }) =>
      `timestamp ${dialect.literal(checkedTimestamp(String(iso)))}`,
  },
];

function literalOf(
  value: TemplateValue,
  write: (scalar: string | number | boolean | null) => string,
): TemplateValue {
  if (Array.isArray(value)) return value.map((item: TemplateValue) => literalOf(item, write));
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return write(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
      return write(value);
    throw new HelperError(`the number ${value} cannot be written exactly.`, 'Give it as text.');
  }
  throw new HelperError('only text, numbers, true, false, null and lists of them can be literals.');
}

function checkedDate(iso: string): string {
  if (!isDate(iso)) throw new HelperError(`"${iso}" is not a date.`, 'Write it as 2025-12-31.');
  return iso;
}

function isDate(iso: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const moment = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso);
}

function checkedTimestamp(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?))?$/.exec(
    iso,
  );
  if (match === null || !isDate(match[1] ?? '')) {
    throw new HelperError(`"${iso}" is not a timestamp.`, 'Write it as 2025-12-31 23:59:59, in UTC.');
  }
  const time = match[2] ?? '00:00:00';
  return `${match[1]} ${time.length === 5 ? `${time}:00` : time}`;
}
