import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { answerOrRefusal, type EmbeddedEngine } from './embedded-engine.ts';
import type { InferredColumn } from './inferred-column.ts';
import { isToldApart, valueProblem } from './value-problem.ts';
import type { WrittenRows } from './written-rows.ts';

/** Reports written columns that a relation does not have, and values that are not exactly of its types; true if there are none. */
export async function checkRows(
  written: WrittenRows,
  columns: readonly InferredColumn[],
  /** How messages name the relation: `ref('stg_events')`. */
  relation: string,
  engine: EmbeddedEngine,
  report: Report,
): Promise<boolean> {
  const { dialect } = engine;
  const known = new Map(columns.map((column) => [dialect.fold(column.name), column]));
  let sound = true;
  const refuse: Report = (diagnostic) => {
    sound = false;
    report(diagnostic);
  };
  for (const [index, name] of written.columns.entries()) {
    const column = known.get(dialect.fold(name));
    if (column === undefined) {
      const candidates = columns.map((other) => other.name);
      refuse(
        catalogue.unknownFixtureColumn({ column: name, relation, candidates, span: written.spanAt(index) }),
      );
    } else await checkCells(written, index, column, engine, refuse);
  }
  return sound;
}

/** Reports columns of a fixture that is SQL which a relation does not have; true if there are none. */
export function checkColumns(
  found: readonly InferredColumn[],
  columns: readonly InferredColumn[],
  { relation, span }: { readonly relation: string; readonly span: Span },
  dialect: Dialect,
  report: Report,
): boolean {
  const known = new Set(columns.map(({ name }) => dialect.fold(name)));
  const candidates = columns.map(({ name }) => name);
  const unknown = found.filter(({ name }) => !known.has(dialect.fold(name)));
  for (const { name } of unknown)
    report(catalogue.unknownFixtureColumn({ column: name, relation, candidates, span }));
  return unknown.length === 0;
}

async function checkCells(
  written: WrittenRows,
  index: number,
  { name, type }: InferredColumn,
  engine: EmbeddedEngine,
  refuse: Report,
): Promise<void> {
  let sound = true;
  const tell = (value: string, problem: string, at: number, hint?: string) => {
    sound = false;
    const span = written.spanAt(index, at);
    refuse(catalogue.unfitFixtureValue({ column: name, type, value, problem, hint, span }));
  };
  const cells = written.rows.map((row) => row[index] ?? null);
  cells.forEach((value, at) => {
    const problem = value === null ? undefined : valueProblem(value, type, engine.dialect);
    if (value !== null && problem !== undefined) tell(value, problem, at);
  });
  if (!sound || isToldApart(type, engine.dialect)) return;
  if ((await refusalOf(cells, type, engine)) === undefined) return;
  for (const [at, value] of cells.entries()) {
    const reason = value === null ? undefined : await refusalOf([value], type, engine);
    if (value !== null && reason !== undefined)
      tell(value, 'does not fit', at, `The embedded engine says: ${reason}.`);
  }
}

/** What the engine says against texts as values of a type; undefined where it takes them all. */
async function refusalOf(
  texts: readonly (string | null)[],
  type: string,
  { session, dialect }: EmbeddedEngine,
): Promise<string | undefined> {
  const casts = texts.map((text) => `  (cast(${dialect.literal(text)} as ${type}))`);
  let reason: string | undefined;
  await answerOrRefusal(session, `values\n${casts.join(',\n')}`, ({ message }) => {
    reason = message;
  });
  return reason;
}
