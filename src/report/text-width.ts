const ANSI = /\u001b\[[0-9;]*m/g;
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])/u;
const ASCII = /^[\u0020-\u007e]*$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal a text takes; colour codes take none, East Asian characters and emoji two. */
export function textWidth(text: string): number {
  const plain = text.replace(ANSI, '');
  return ASCII.test(plain)
    ? plain.length
    : graphemes(plain).reduce((sum, grapheme) => sum + widthOf(grapheme), 0);
}

/** Cuts an uncoloured text that is wider than `width`; the last column then shows `…`. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme);
    if (used > width - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** Fills a text with spaces up to a width, behind it or before it. */
export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const filling = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + filling : filling + text;
}

function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOf(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
