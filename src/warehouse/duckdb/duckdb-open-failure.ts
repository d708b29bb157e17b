import {
  heldWarehouse,
  newerWarehouse,
  notAWarehouse,
  warehouseNotOpened,
} from '../../diagnostic/catalogue/warehouse.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';

/** Why DuckDB did not open a file, as a diagnostic. */
export function openFailure(path: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  if (/could not set lock|conflicting lock/i.test(reason))
    return heldWarehouse({ path, holder: holderOf(reason) });
  if (/not a valid DuckDB database file/i.test(reason)) return notAWarehouse({ path });
  if (/version number \d+.*can only read|newer version/is.test(reason))
    return newerWarehouse({ path, reason });
  return warehouseNotOpened({ path, reason });
}

/** `Conflicting lock is held in /usr/bin/node (PID 4711) by user …` names the program and its process. */
function holderOf(reason: string): string | undefined {
  const [, program, pid] = /held in (.*?) \(PID (\d+)\)/.exec(reason) ?? [];
  return pid === undefined ? undefined : `${program?.split(/[/\\]/).at(-1)} (PID ${pid})`;
}
