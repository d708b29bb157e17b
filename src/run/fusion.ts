import type { CompiledTest } from '../data-test/compile-data-test.ts';
import type { FusedPart } from '../data-test/fused-part.ts';
import { addTo } from '../diagnostic/lists-by-key.ts';

/** A fusion is a query that tests of one relation share: a task before those of its tests, which only tell what it found. */
export interface Fusion {
  /** The id of its task. */
  readonly id: string;
  /** Unique id of the relation. */
  readonly tested: string;
  readonly parts: readonly TestPart[];
}

interface TestPart {
  /** Unique id of the test. */
  readonly test: string;
  readonly part: FusedPart;
}

/** Each test more costs its share of the scan, while a query of its own would be lost if one of many fails (ADR 025). */
const MOST_PARTS = 50;
/** Long lists of values make long queries. */
const MOST_CHARACTERS = 100_000;

/** A test of a plan, as far as fusions ask. */
interface PlannedTest {
  readonly compiled: CompiledTest;
  /** How it ended before; such a test is not run. */
  readonly known: unknown;
}

/** The fusions of tests that are to be run, by the ids of their tasks. A test that nothing is shared with has none. */
export function planFusions(tests: ReadonlyMap<string, PlannedTest>): ReadonlyMap<string, Fusion> {
  const byRelation = new Map<string, TestPart[]>();
  for (const [test, { compiled, known }] of tests) {
    const { part } = compiled;
    const { attachedTo } = compiled.node;
    if (part === undefined || attachedTo === undefined || known !== undefined) continue;
    addTo(byRelation, attachedTo, { test, part });
  }
  const fusions = [...byRelation].flatMap(([tested, parts]) => fusionsOf(tested, parts));
  return new Map(fusions.map((fusion) => [fusion.id, fusion]));
}

function fusionsOf(tested: string, parts: readonly TestPart[]): readonly Fusion[] {
  return cut(parts)
    .filter((piece) => piece.length > 1)
    .map((piece, index) => ({ id: `fusion.${tested}.${index + 1}`, tested, parts: piece }));
}

/** The parts in pieces, none of which makes too large a query. */
function cut(parts: readonly TestPart[]): readonly (readonly TestPart[])[] {
  const pieces: TestPart[][] = [];
  let [piece, characters]: [TestPart[], number] = [[], Number.POSITIVE_INFINITY];
  for (const part of parts) {
    const length = part.part.measure.length;
    if (piece.length === MOST_PARTS || characters + length > MOST_CHARACTERS) {
      [piece, characters] = [[], 0];
      pieces.push(piece);
    }
    piece.push(part);
    characters += length;
  }
  return pieces;
}
