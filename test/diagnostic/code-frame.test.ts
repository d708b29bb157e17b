import { describe, expect, test } from 'vitest';
import { codeFrame } from '../../src/diagnostic/code-frame.ts';
import { spanAt } from '../../src/diagnostic/span.ts';

function frameOf(text: string, marked: string): readonly string[] {
  const start = text.indexOf(marked);
  return codeFrame(spanAt({ path: 'a.sql', text }, start, start + marked.length)).split('\n');
}

describe('a code frame', () => {
  test('shows the lines around a place, and marks it', () => {
    expect(frameOf('select *\nfrom\t{{ref "x"}}\nwhere 1', '{{ref "x"}}')).toEqual([
      '  1 | select *',
      '> 2 | from\t{{ref "x"}}',
      '    |     \t^^^^^^^^^^^',
      '  3 | where 1',
    ]);
  });

  test('marks an empty place and the end of a line', () => {
    expect(codeFrame(spanAt({ path: 'a.sql', text: 'ab' }, 2)).split('\n')).toEqual([
      '> 1 | ab',
      '    |   ^',
    ]);
  });

  test.each([
    0, 50, 99, 100, 101, 159, 160, 500, 980, 995,
  ])('keeps offset %i of a long line in sight', (offset) => {
    const line = `${'a'.repeat(offset)}here${'b'.repeat(1000 - offset)}`;
    const [, shown = '', mark = ''] = frameOf(`before\n${line}\nbehind`, 'here');
    expect(shown.length).toBeLessThan(175);
    expect(shown.slice(mark.indexOf('^'), mark.length)).toBe('here');
    expect(shown.includes('…a')).toBe(offset > 100);
    expect(shown.endsWith('…')).toBe(offset < 900);
  });

  test('ends the marks of a span that goes on behind the part of a line that is shown', () => {
    const [, mark = ''] = frameOf('x'.repeat(500), 'x'.repeat(400));
    expect(mark).toBe(`    | ${'^'.repeat(160)}`);
  });
});
