import { secrets } from '../diagnostic/redaction.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunSummary } from '../run/run-summary.ts';
import type { CompiledFiles } from './compiled-files.ts';
import { dbtMetadata, type Invocation } from './dbt-metadata.ts';
import type { InvocationArguments } from './invocation-arguments.ts';

/** `run_results.json` after dbt's schema v6. Rows of data are never in it. */
export function runResultsJson(
  summary: RunSummary,
  compiled: CompiledFiles,
  dialect: Dialect,
  invocation: Invocation,
  args: InvocationArguments,
): string {
  return JSON.stringify({
    metadata: dbtMetadata('run-results/v6', invocation),
    results: summary.results.map((result) => resultEntry(result, compiled, dialect)),
    elapsed_time: seconds(summary),
    args,
  });
}

function resultEntry(result: RunResult, compiled: CompiledFiles, dialect: Dialect) {
  const file = compiled.get(result.uniqueId);
  return {
    status: dbtStatus(result),
    timing: [
      {
        name: 'execute',
        started_at: result.startedAt.toISOString(),
        completed_at: result.finishedAt.toISOString(),
      },
    ],
    thread_id: `Thread-${result.thread}`,
    execution_time: seconds(result),
    adapter_response: result.rows === undefined ? {} : { rows_affected: result.rows },
    message: redacted(messageOf(result)),
    failures: result.failures ?? null,
    unique_id: result.uniqueId,
    compiled: file !== undefined,
    compiled_code: file?.text ?? null,
    relation_name: result.relation === undefined ? null : dialect.relation(result.relation),
  };
}

/** Our statuses in dbt's words: what was superseded or cancelled was skipped, and its message says why. */
function dbtStatus({ status, resourceType }: RunResult): string {
  switch (status) {
    case 'superseded':
    case 'cancelled':
      return 'skipped';
    case 'reused':
      return resourceType === 'test' ? 'pass' : 'reused';
    case 'success':
    case 'error':
    case 'skipped':
    case 'pass':
    case 'warn':
    case 'fail':
      return status;
  }
}

function messageOf({ status, message, diagnostic }: RunResult): string | null {
  if (diagnostic !== undefined) {
    const place = diagnostic.span === undefined ? '' : `${formatPlace(diagnostic.span)} `;
    return `${diagnostic.code} ${place}${diagnostic.message}`;
  }
  if (message !== undefined) return message;
  return status === 'superseded' || status === 'cancelled' ? status : null;
}

function redacted(message: string | null): string | null {
  return message === null ? null : secrets.redact(message);
}

function seconds(span: { readonly startedAt: Date; readonly finishedAt: Date }): number {
  return (span.finishedAt.getTime() - span.startedAt.getTime()) / 1000;
}
