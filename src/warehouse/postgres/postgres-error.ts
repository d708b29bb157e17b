import { z } from 'zod';
import { type TimeLimit, WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

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

/** What a server that speaks PostgreSQL's protocol tells about an error. */
export type ServerError = z.infer<typeof serverError>;

/** A statement that failed. */
export interface FailedStatement {
  readonly sql: string;
  /** What was sent before it, in one text with it. */
  readonly head: string;
  /** This process asked the server to stop it. */
  readonly isCancelled: boolean;
}

/** How a server's errors are read that are not PostgreSQL's own: what it gives nothing for, is. */
export interface ErrorReading {
  readonly kind: (error: ServerError) => WarehouseErrorKind | undefined;
  /** What to tell of the error in place of what the server says. */
  readonly told: (error: ServerError) => ServerError;
}

const PLAIN: ErrorReading = { kind: () => undefined, told: (error) => error };

/** An error of a statement as a `WarehouseError`; what neither the server nor the connection said is given back as it is. */
export function warehouseError(
  error: unknown,
  { sql, head, isCancelled }: FailedStatement,
  reading: ErrorReading = PLAIN,
): unknown {
  if (error instanceof WarehouseError) return error;
  const parsed = serverError.safeParse(error);
  if (!parsed.success) {
    if (!isLostConnection(error)) return error;
    return isCancelled ? cutStatement(error, sql) : lostConnection(error, sql);
  }
  const told = reading.told(parsed.data);
  const kind = reading.kind(parsed.data) ?? kindOf(told);
  const hint = [told.detail, told.hint ?? ADVICE[told.code]].filter((text) => text !== undefined).join(' ');
  const offset = told.position === undefined ? -1 : utf16Offset(head + sql, told.position) - head.length;
  const isOurs = isCancelled && isStop(told.code);
  const limit = isOurs ? undefined : LIMITS[told.code];
  return new WarehouseError(isOurs ? 'cancelled' : kind, told.message, {
    sql,
    ...(limit === undefined ? {} : { limit }),
    ...(offset < 0 ? {} : { position: offset }),
    ...(hint === '' ? {} : { hint }),
    cause: error,
  });
}

/** The connection was ended in order to stop its statement. */
function cutStatement(cause: unknown, sql: string): WarehouseError {
  return new WarehouseError('cancelled', 'The statement was cancelled, and its connection ended.', {
    sql,
    cause,
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

/** Whether a connection that the server had taken was given up, by the server or on the way. */
export function brokeOff(error: unknown): boolean {
  const parsed = serverError.safeParse(error);
  if (parsed.success) return parsed.data.code.startsWith('57P');
  return (
    error instanceof Error &&
    /^Connection terminated|not queryable$|\b(?:ECONNRESET|EPIPE)\b/.test(error.message)
  );
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
const ADMIN_SHUTDOWN = '57P01';
const LOCK_NOT_AVAILABLE = '55P03';
const DISK_FULL = '53100';
const TOO_MANY_CONNECTIONS = '53300';
const UNIQUE_VIOLATION = '23505';

const ADVICE: Readonly<Record<string, string>> = {
  [QUERY_CANCELED]:
    'Neither Ctrl-C nor this run stopped it: "statement_timeout" did, or somebody on the server.',
};

const LIMITS: Readonly<Record<string, TimeLimit>> = {
  [LOCK_NOT_AVAILABLE]: 'lock',
  [QUERY_CANCELED]: 'statement',
};

/** Codes of a statement that was stopped, alone or with its session. */
function isStop(code: string): boolean {
  return code === QUERY_CANCELED || code === ADMIN_SHUTDOWN;
}

function kindOf({ code, schema, message }: ServerError): WarehouseErrorKind {
  if (code === QUERY_CANCELED) return 'statement';
  if (code === DISK_FULL) return 'disk-full';
  if (code === LOCK_NOT_AVAILABLE || code === TOO_MANY_CONNECTIONS) return 'transient';
  if (/^(?:08|40|57P)/.test(code)) return 'transient';
  if (code.startsWith('28')) return 'connection';
  return isCatalogRace(code, schema, message) ? 'transient' : 'statement';
}

/**
 * Two sessions that create or grant the same thing at once meet in the catalog, and so do one that reads what the other drops;
 * one of them fails with an internal error.
 */
function isCatalogRace(code: string, schema: string | undefined, message: string): boolean {
  if (code === UNIQUE_VIOLATION) return schema === 'pg_catalog';
  return code === 'XX000' && CATALOG_RACE.test(message);
}

const CATALOG_RACE =
  /^(?:tuple concurrently (?:updated|deleted)$|could not open relation with OID|cache lookup failed for)/;

/** A place that counts characters from 1, as an offset in UTF-16 units. */
function utf16Offset(sql: string, position: number): number {
  let offset = 0;
  for (let character = 1; character < position && offset < sql.length; character++) {
    offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
