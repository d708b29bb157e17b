import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../suggestion.ts';

export function unknownAdapter({
  name,
  candidates,
}: {
  readonly name: string;
  readonly candidates: readonly string[];
}): Diagnostic {
  return {
    code: 'WHS-001',
    severity: 'error',
    message: `There is no adapter "${name}".`,
    hint: didYouMean(name, candidates) ?? `Adapters are ${candidates.join(', ')}.`,
  };
}

export function missingWarehousePath({ target }: { readonly target: string }): Diagnostic {
  return {
    code: 'WHS-002',
    severity: 'error',
    message: `Target "${target}" has no path for its DuckDB file.`,
    hint: 'Add a path to the target in project.yml, such as path: warehouse/dev.duckdb.',
  };
}

/** `holder` is the other process as the engine names it: `node (PID 4711)`. */
export function heldWarehouse({
  path,
  holder,
}: {
  readonly path: string;
  readonly holder: string | undefined;
}): Diagnostic {
  return {
    code: 'WHS-003',
    severity: 'error',
    message: `The warehouse ${path} is held by another process${holder === undefined ? '' : `: ${holder}`}.`,
    hint: 'DuckDB lets only one process at a time work on a file. Close it there, or wait for it with --wait.',
  };
}

export function notAWarehouse({ path }: { readonly path: string }): Diagnostic {
  return {
    code: 'WHS-004',
    severity: 'error',
    message: `${path} is not a DuckDB file.`,
    hint: 'Nothing was changed. Name another path in the target, or move the file away.',
  };
}

export function newerWarehouse({
  path,
  reason,
}: {
  readonly path: string;
  readonly reason: string;
}): Diagnostic {
  return {
    code: 'WHS-005',
    severity: 'error',
    message: `The warehouse ${path} was written by a newer DuckDB than this one can read.`,
    hint: `Install a newer modelwright, or name another path in the target. DuckDB says: ${reason}`,
  };
}

/** The engine stopped a piece of work for a reason that no model is to blame for; `kind` as in `WarehouseError`. */
export function warehouseFailed({
  kind,
  message,
  hint,
}: {
  readonly kind: string;
  readonly message: string;
  readonly hint: string | undefined;
}): Diagnostic {
  const advice = hint ?? (kind === 'disk-full' ? MAKE_ROOM : undefined);
  return {
    code: 'WHS-007',
    severity: 'error',
    message: kind === 'disk-full' ? `The disk is full: ${message}` : `The warehouse refused: ${message}`,
    ...(advice !== undefined && { hint: advice }),
  };
}

/** What to do about a full disk. */
export const MAKE_ROOM =
  'What was published is untouched. Make room (model prune helps), then run the command again.';

export function warehouseNotOpened({
  path,
  reason,
}: {
  readonly path: string;
  readonly reason: string;
}): Diagnostic {
  return {
    code: 'WHS-006',
    severity: 'error',
    message: `The warehouse ${path} cannot be opened: ${reason}`,
    hint: 'See what works with: model debug',
  };
}
