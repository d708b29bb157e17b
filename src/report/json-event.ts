import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { NodeProgress, NodeStarted, RunEvent } from '../run/event.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunSummary } from '../run/run-summary.ts';

/** An event as a value for JSON: keys in snake_case, times in ISO 8601, places as path, line and column. */
export function jsonEvent(event: RunEvent): Readonly<Record<string, unknown>> {
  return { event: event.kind.replaceAll('-', '_'), at: event.at, ...body(event) };
}

function body(event: RunEvent): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'run-started': {
      const { runId, command, target, environment, threads, nodes } = event;
      return { run_id: runId, command, target, environment, threads, nodes };
    }
    case 'stage-note':
      return { message: event.message };
    case 'node-started':
      return { ...jsonNode(event), thread: event.thread };
    case 'node-progress': {
      const { rowsDone, rowsTotal, rowsPerSecond } = event;
      return {
        ...jsonNode(event),
        rows_done: rowsDone,
        rows_total: rowsTotal,
        rows_per_second: rowsPerSecond,
      };
    }
    case 'node-finished':
      return { activity: event.activity, ...jsonResult(event.result) };
    case 'publish-started':
      return { names: event.names };
    case 'publish-finished':
      return { published: event.published, sequence: event.sequence };
    case 'warning':
      return { diagnostic: jsonDiagnostic(event.diagnostic) };
    case 'run-finished':
      return jsonSummary(event.summary);
  }
}

function jsonNode({ uniqueId, name, resourceType, activity }: NodeStarted | NodeProgress) {
  return { unique_id: uniqueId, name, resource_type: resourceType, activity };
}

function jsonResult(result: RunResult): Readonly<Record<string, unknown>> {
  const { diagnostic, declaredAt } = result;
  return {
    unique_id: result.uniqueId,
    name: result.name,
    resource_type: result.resourceType,
    status: result.status,
    message: result.message,
    started_at: result.startedAt,
    finished_at: result.finishedAt,
    thread: result.thread,
    relation: result.relation,
    rows: result.rows,
    failures: result.failures,
    cached: result.cached,
    attached_to: result.attachedTo,
    declared_at: declaredAt === undefined ? undefined : jsonPlace(declaredAt),
    compiled_path: result.compiledPath,
    sample: result.sample?.rows,
    difference: result.difference,
    diagnostic: diagnostic === undefined ? undefined : jsonDiagnostic(diagnostic),
  };
}

/** A diagnostic that no run tells, as a value for JSON. */
export function diagnosticEvent(diagnostic: Diagnostic, at: Date): Readonly<Record<string, unknown>> {
  return { event: diagnostic.severity, at, diagnostic: jsonDiagnostic(diagnostic) };
}

/** A diagnostic as a value for JSON. */
export function jsonDiagnostic({ code, severity, message, span, hint, related }: Diagnostic) {
  return {
    code,
    severity,
    message,
    place: span === undefined ? undefined : jsonPlace(span),
    hint,
    related: related?.map((place) => ({ message: place.message, place: jsonPlace(place.span) })),
  };
}

function jsonPlace({ source, start, end }: Span) {
  return {
    path: source.path,
    line: start.line,
    column: start.column,
    end_line: end.line,
    end_column: end.column,
  };
}

function jsonSummary(summary: RunSummary): Readonly<Record<string, unknown>> {
  return {
    run_id: summary.runId,
    command: summary.command,
    outcome: summary.outcome,
    counts: summary.counts,
    published: summary.published,
    started_at: summary.startedAt,
    finished_at: summary.finishedAt,
    elapsed_seconds: (summary.finishedAt.getTime() - summary.startedAt.getTime()) / 1000,
  };
}
