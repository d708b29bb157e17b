import type { FixtureRows, UnitTestNode } from '../manifest/node.ts';
import type { MappedText } from '../template/source-map.ts';
import { embeddedDialect } from './embedded-compilation.ts';
import { freezeClock } from './frozen-clock.ts';

/** A unit test in whose rows the clock stands at the instant, ISO text in UTC; only rows that are SQL read it. */
export function withStoppedRows(test: UnitTestNode, instant: string): UnitTestNode {
  return {
    ...test,
    given: test.given.map((input) => ({ ...input, rows: stoppedRows(input.rows, instant) })),
    expect: stoppedRows(test.expect, instant),
  };
}

function stoppedRows(rows: FixtureRows, instant: string): FixtureRows {
  if (rows.kind !== 'sql') return rows;
  const written: MappedText = {
    text: rows.text,
    map: { originAt: (offset) => ({ span: rows.spanAt(offset), stack: [] }) },
  };
  const { text, map } = freezeClock(written, embeddedDialect, instant);
  return { ...rows, text, spanAt: (start: number) => map.originAt(start)?.span ?? rows.span };
}
