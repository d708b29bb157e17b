import { programBug, systemRefusal } from '../diagnostic/catalogue/cli.ts';
import { warehouseFailed } from '../diagnostic/catalogue/warehouse.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';

/** What a command threw, as diagnostics: mistakes as they are, refusals of the warehouse and of the system, and bugs of ours. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics;
  if (error instanceof WarehouseError) return [warehouseFailed(error)];
  if (isSystemRefusal(error)) return [systemRefusal({ reason: error.message })];
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [programBug({ trace })];
}

/** Files and devices that refuse are no bugs: a full disk, a folder that may not be written, too many open files. */
function isSystemRefusal(error: unknown): error is NodeJS.ErrnoException {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && REFUSALS.includes(code);
}

const REFUSALS: readonly string[] = [
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO'],
  ...['ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EEXIST', 'ENAMETOOLONG', 'EXDEV', 'ETXTBSY'],
];
