import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinCsv } from '../../src/seed/join-csv.ts';

/** A text in chunks of a size, and a note of when it was opened. */
function textOf(text: string, chunk = 3, opened: () => void = () => undefined) {
  return () => {
    opened();
    return chunksOf(Buffer.from(text), chunk);
  };
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const joined = async (...texts: ReturnType<typeof textOf>[]) => (await buffer(joinCsv(texts))).toString();

test('Texts with one header are joined to one, whatever their chunks, and a last line that is not ended is', async () => {
  const cell = fc.constantFrom('1', '', 'é😀', '"a ""b"" c"', '"two\nlines"');
  const texts = fc.array(
    fc.record({ rows: fc.array(cell), ends: fc.boolean(), chunk: fc.integer({ min: 1, max: 9 }) }),
  );
  const header = '"odd\n""header"""';
  await fc.assert(
    fc.asyncProperty(texts, async (parts) => {
      const written = parts.map(({ rows, ends, chunk }) => {
        const lines = [header, ...rows].map((line) => `${line},x`);
        return textOf(`${lines.join('\n')}${ends ? '\n' : ''}`, chunk);
      });
      const rows = parts.flatMap((part) => part.rows.map((row) => `${row},x`));
      const expected = parts.length === 0 ? [] : [`${header},x`, ...rows];
      expect((await joined(...written)).replace(/\n$/, '')).toBe(expected.join('\n'));
    }),
  );
});

test('A few texts are opened before their turn, and no more', async () => {
  const opened: number[] = [];
  const texts = Array.from({ length: 9 }, (_, index) => textOf('h\n1\n', 3, () => opened.push(index)));
  const reading = joinCsv(texts);
  await reading.next();
  expect(opened).toEqual([0, 1, 2, 3]);
  for await (const _ of reading);
  expect(opened).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
