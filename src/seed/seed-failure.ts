import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedFailed } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';

/** Where a seed's code is; `path` is from the project's root. */
interface SeedPlace {
  readonly root: string;
  readonly path: string;
}

/** Runs a part of a seed's code; what it throws becomes a diagnostic with the line of the project's file. */
export async function seedCode<T>(
  module: SeedPlace,
  partition: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw seedError(module, partition, error);
  }
}

/** What a seed threw, as a diagnostic. */
export function seedError(module: SeedPlace, partition: string, error: unknown): DiagnosticError {
  if (error instanceof DiagnosticError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DiagnosticError([seedFailed({ span: placeOf(module, error), partition, reason })]);
}

/** The innermost line of the project's code in the stack; the beginning of the seed's file where there is none. */
function placeOf({ root, path }: SeedPlace, error: unknown): Span {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, ...places] = withSlashes(stack).split(`${withSlashes(root)}/`);
  for (const place of places) {
    const [, below, line] = /^(.+?\.ts):(\d+):\d+/.exec(place) ?? [];
    if (below === undefined || below.includes('node_modules/')) continue;
    return lineSpan(root, below, Number(line));
  }
  return spanAt({ path, text: '' }, 0);
}

function withSlashes(text: string): string {
  return text.replaceAll('\\', '/');
}

function lineSpan(root: string, path: string, line: number): Span {
  const source = { path, text: readFileSync(join(root, path), 'utf8') };
  const text = source.text.split('\n')[line - 1] ?? '';
  const column = text.length - text.trimStart().length + 1;
  return { source, start: { line, column }, end: { line, column: text.trimEnd().length + 1 } };
}
