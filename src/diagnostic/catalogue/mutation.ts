import type { Diagnostic } from '../diagnostic.ts';

/** Mutants are tried on the embedded engine only. */
export function notEmbedded({ target, adapter }: { target: string; adapter: string }): Diagnostic {
  return {
    code: 'TST-201',
    severity: 'error',
    message: `Mutants are tried on the embedded engine; target "${target}" is on ${adapter}.`,
    hint: 'Build on a target with adapter duckdb, and name it: --target dev.',
  };
}
