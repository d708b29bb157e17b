import { z } from 'zod';
import { WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

/** What DuckDB tells about an error under `errors_as_json`; `position` counts bytes of UTF-8. */
const errorSchema = z.object({
  exception_type: z.string(),
  exception_message: z.string(),
  position: z.coerce.number().optional(),
});

/** An error of the engine as a `WarehouseError`, with its place in the statement. */
export function warehouseError(error: unknown, sql: string): WarehouseError {
  const { type, message, position } = engineError(error);
  return new WarehouseError(kindOf(type, message), firstParagraph(message), {
    sql,
    ...(position === undefined ? {} : { position: utf16Offset(sql, position) }),
    ...hintOf(message),
    cause: error,
  });
}

interface EngineError {
  readonly type: string;
  readonly message: string;
  readonly position?: number;
}

function engineError(error: unknown): EngineError {
  const text = error instanceof Error ? error.message : String(error);
  const json = text.slice(text.indexOf('{'));
  const parsed = text.includes('{') ? errorSchema.safeParse(parseJson(json)) : undefined;
  if (parsed?.success) {
    const { exception_type: type, exception_message: message, position } = parsed.data;
    return { type, message, ...(position === undefined ? {} : { position }) };
  }
  const [, type = '', message = text] = /^([\w ]+?) Error: ([\s\S]*)$/.exec(text) ?? [];
  return { type, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const DISK_FULL = /no space left on device|max_temp_directory_size|disk quota exceeded/i;
const CONFLICT = /conflict|altered by a different transaction/i;

function kindOf(type: string, message: string): WarehouseErrorKind {
  if (/^interrupt/i.test(type)) return 'cancelled';
  if (DISK_FULL.test(message)) return 'disk-full';
  if (/^transaction/i.test(type) && CONFLICT.test(message)) return 'transient';
  if (/^(?:connection|fatal)$/i.test(type)) return 'connection';
  return 'statement';
}

/** What the engine adds after its first paragraph are suggestions. */
function firstParagraph(message: string): string {
  return message.split(/\n\s*(?:Did you mean|Candidate|LINE \d|\n)/)[0]?.trimEnd() ?? message;
}

function hintOf(message: string): { readonly hint?: string } {
  const hint = /\n\s*((?:Did you mean|Candidate)[\s\S]*)$/.exec(message)?.[1];
  return hint === undefined ? {} : { hint: hint.trim() };
}

function utf16Offset(sql: string, bytes: number): number {
  return Buffer.from(sql).subarray(0, bytes).toString().length;
}
