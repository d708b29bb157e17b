import { describe, expect, test } from 'vitest';
import type { Scalar } from '../../../src/dialect/dialect.ts';
import { describeEngines } from '../../support/engines.ts';
import { caller } from './macro-call.ts';
import {
  EXPRESSED,
  hasPrintedOutputs,
  NOT_HELD,
  type PrintedOutput,
  printedOutputs,
  THE_SAME_EVERYWHERE,
} from './printed-outputs.ts';

const outputs = printedOutputs();
const expressed = outputs.filter(({ sql }) => EXPRESSED[sql] !== undefined);
const unchanged = outputs.filter(({ sql }) => THE_SAME_EVERYWHERE.has(sql));
const held = new Set([...expressed, ...unchanged]);
const others = outputs.filter((output) => !held.has(output));

function reasonFor({ sql }: PrintedOutput): string | undefined {
  return NOT_HELD.find(([, statements]) => statements.test(sql))?.[0];
}

describe.runIf(process.env['MODEL_REQUIRE_SHARED'] === '1')('The outputs that AWS prints', () => {
  test('are on this machine', () => expect(hasPrintedOutputs).toBe(true));
});

describe.skipIf(!hasPrintedOutputs)('The outputs that AWS prints', () => {
  test(`are ${outputs.length}: ${expressed.length} that a macro expresses, ${unchanged.length} in SQL that every engine takes, ${others.length} for which a reason is told`, () => {
    expect(expressed.map(({ sql }) => sql).sort()).toEqual(Object.keys(EXPRESSED).sort());
    expect(unchanged.map(({ sql }) => sql).sort()).toEqual([...THE_SAME_EVERYWHERE].sort());
    expect(others.filter((output) => reasonFor(output) === undefined)).toEqual([]);
  });

  test.each(
    NOT_HELD.map(([reason]) => ({ reason, count: others.filter((o) => reasonFor(o) === reason).length })),
  )('$count not held: $reason', ({ count }) => expect(count).toBeGreaterThan(0));
});

const describeHeld: typeof describeEngines = hasPrintedOutputs
  ? describeEngines
  : (title) => test.skip(`${title} (skipped: the outputs are not on this machine)`);

describeHeld('What AWS prints', (engine) => {
  const call = caller(engine.dialect);

  test.each(expressed)('$sql', async ({ sql, row }) => {
    const {
      macro,
      arguments: positional,
      named,
      column = 0,
    } = EXPRESSED[sql] ?? { macro: '', arguments: [] };
    const { rows } = await engine.session.query(`select ${call(macro, positional, named)} as result`);
    expect(shown(rows[0]?.['result'])).toBe(row[column]);
  });

  test.each(unchanged)('$sql', async ({ sql, row }) => {
    const { rows } = await engine.session.query(sql);
    expect(Object.values(rows[0] ?? {}).map(rounded)).toEqual(row.map(rounded));
  });
});

function shown(value: Scalar | undefined): string {
  return String(value);
}

/** Redshift printed doubles with 15 digits, and a comparison as psql does. */
function rounded(value: Scalar): string {
  const text = String(value);
  if (text === 't') return 'true';
  return /^-?[\d.]+(?:e[-+]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(14))) : text;
}
