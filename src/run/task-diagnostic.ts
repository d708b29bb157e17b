import { diskFull, unexpectedFailure } from '../diagnostic/catalogue/run.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Node } from '../manifest/node.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';

/** What went wrong with a node, from the error that its work ended in. */
export function taskDiagnostic(node: Node, error: unknown): Diagnostic {
  if (error instanceof DiagnosticError && error.diagnostics[0] !== undefined) return error.diagnostics[0];
  if (error instanceof WarehouseError && error.kind === 'disk-full')
    return diskFull({ node, message: error.message });
  return unexpectedFailure({ node, message: error instanceof Error ? error.message : String(error) });
}
