import { z } from 'zod';
import { WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

/** What the server tells about an error; `position` counts characters from 1. */
const serverError = z.object({
  code: z.string().regex(/^[0-9A-Z]{5}$/),
  severity: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  position: z.coerce.number().optional(),
  schema: z.string().optional(),
});

type ServerError = z.infer<typeof serverError>;

/**
 * An error of a statement as a `WarehouseError`; what neither the server nor the connection said is given back as it is.
 * `isCancelled`: this process asked the server to stop the statement.
 */
export function warehouseError(error: unknown, sql: string, isCancelled: boolean): unknown {
  if (error instanceof WarehouseError) return error;
  const parsed = serverError.safeParse(error);
  if (!parsed.success) return isLostConnection(error) ? lostConnection(error, sql) : error;
  const told = parsed.data;
  const hint = [told.detail, told.hint ?? ADVICE[told.code]].filter((text) => text !== undefined).join(' ');
  return new WarehouseError(kindOf(told, isCancelled), told.message, {
    sql,
    ...(told.position === undefined ? {} : { position: utf16Offset(sql, told.position) }),
    ...(hint === '' ? {} : { hint }),
    cause: error,
  });
}

/** The connection ended under a statement, or before it. */
export function lostConnection(cause: unknown, sql?: string): WarehouseError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = /^connection terminated/i.test(reason) ? reason : `The connection was lost: ${reason}`;
  return new WarehouseError('transient', message, { ...(sql === undefined ? {} : { sql }), cause });
}

/** Whether the connection is gone after this error: the server ended it, or the network did. */
export function endsConnection(error: unknown): boolean {
  const parsed = serverError.safeParse(error);
  if (!parsed.success) return isLostConnection(error);
  const { severity, code } = parsed.data;
  return /^(?:FATAL|PANIC)$/.test(severity) || /^(?:57P|08)/.test(code);
}

const NETWORK = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENETDOWN', 'ENETRESET', 'ENOTCONN', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'],
]);

function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && NETWORK.has(String(error.code))) return true;
  return /^Connection terminated|not queryable$/.test(error.message);
}

const QUERY_CANCELED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';
const DISK_FULL = '53100';
const TOO_MANY_CONNECTIONS = '53300';
const UNIQUE_VIOLATION = '23505';

const ADVICE: Readonly<Record<string, string>> = {
  [QUERY_CANCELED]:
    'Neither Ctrl-C nor this run stopped it: "statement_timeout" did, or somebody on the server.',
};

function kindOf({ code, schema, message }: ServerError, isCancelled: boolean): WarehouseErrorKind {
  if (code === QUERY_CANCELED) return isCancelled ? 'cancelled' : 'statement';
  if (code === DISK_FULL) return 'disk-full';
  if (code === LOCK_NOT_AVAILABLE || code === TOO_MANY_CONNECTIONS) return 'transient';
  if (/^(?:08|40|57P)/.test(code)) return 'transient';
  if (code.startsWith('28')) return 'connection';
  return isCatalogRace(code, schema, message) ? 'transient' : 'statement';
}

/** Two sessions that create or grant the same thing at once meet in the catalog, and one of them fails with an internal error. */
function isCatalogRace(code: string, schema: string | undefined, message: string): boolean {
  if (code === UNIQUE_VIOLATION) return schema === 'pg_catalog';
  return code === 'XX000' && /^tuple concurrently (?:updated|deleted)$/.test(message);
}

/** A place that counts characters from 1, as an offset in UTF-16 units. */
function utf16Offset(sql: string, position: number): number {
  let offset = 0;
  for (let character = 1; character < position && offset < sql.length; character++) {
    offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
