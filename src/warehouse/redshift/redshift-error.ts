import type { ErrorReading, ServerError } from '../postgres/postgres-error.ts';
import type { WarehouseErrorKind } from '../warehouse.ts';

/** Redshift's errors as far as they are not PostgreSQL's: they are told apart by their words, as most have one code, XX000. */
export const redshiftErrors: ErrorReading = { kind: kindOf, told: readable };

/** Another transaction stood in the way; the same one, begun again, may succeed. */
const CONFLICTS = [
  /^10(?:18|23)\b/,
  /serializable isolation violation/i,
  /could not open relation with oid/i,
  /conflict with concurrent transaction/i,
  /dropped by concurrent transaction/i,
  /^schema .* does not exist$/i,
  /connection limit .* exceeded/i,
];

function kindOf({ message, detail = '' }: ServerError): WarehouseErrorKind | undefined {
  if (/disk full/i.test(`${message}\n${detail}`)) return 'disk-full';
  return CONFLICTS.some((words) => words.test(message) || words.test(detail)) ? 'transient' : undefined;
}

const QUERY_CANCELED = '57014';

/** Some messages are a number with the sentence in the detail; some details are tables of the engine's insides. */
function readable(error: ServerError): ServerError {
  const { message, detail } = error;
  const sentence = detail === undefined ? undefined : withoutRules(detail);
  const isNumber = /^\d+$/.test(message);
  return {
    ...error,
    code: /cancell?ed on user's request/i.test(message) ? QUERY_CANCELED : error.code,
    message: isNumber && sentence !== undefined ? `${message}: ${sentence}` : message,
    detail: isNumber ? undefined : sentence,
  };
}

/** `-----` above and below, `error: …  code: 8001  context: …  query: 42` between: of that the context. */
function withoutRules(detail: string): string | undefined {
  if (!/-{10,}/.test(detail)) return detail;
  const [, context] = /^\s*context:\s*(.+?)\s*$/m.exec(detail) ?? [];
  return context;
}
